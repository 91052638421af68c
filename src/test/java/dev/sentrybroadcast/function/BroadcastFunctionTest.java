package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.local.ReceivedSpan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BroadcastFunctionTest {

  private LocalCloud cloud;
  private final InvocationContext context = new InvocationContext(30_000);

  @BeforeEach
  void startCloud() {
    cloud = new LocalCloud();
  }

  @AfterEach
  void stopCloud() {
    cloud.close();
  }

  @Test
  void handleRequest_goodRecords_deliversThemAndReturnsNone() {
    List<String> returned =
        LocalCloud.invoke(
            new BroadcastFunction(cloud.environment()),
            LocalCloud.event(LocalCloud.generation("a"), LocalCloud.generation("b")),
            context);

    assertThat(returned).isEmpty();
    assertThat(cloud.sentry.spans())
        .extracting(span -> span.text("session.id"))
        .containsOnly("session-a", "session-b");
    assertThat(context.lines()).hasSize(1);
    assertThat(context.lines().getFirst()).contains("\"Exported\":2", "\"coldStart\":true");
  }

  @Test
  void handleRequest_oneMalformed_returnsItAlone() {
    List<String> returned =
        LocalCloud.invoke(
            new BroadcastFunction(cloud.environment()),
            LocalCloud.event(LocalCloud.generation("a"), "{not json"),
            context);

    assertThat(returned).containsExactly("m1");
    assertThat(cloud.sentry.spans()).isNotEmpty();
    assertThat(context.lines()).anySatisfy(line -> assertThat(line).contains("malformed", "m1"));
  }

  @Test
  void handleRequest_noRecords_returnsAnEmptyList() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment());

    assertThat(LocalCloud.invoke(function, "{}", context)).isEmpty();
    assertThat(LocalCloud.invoke(function, "{\"Records\":[]}", context)).isEmpty();
  }

  @Test
  void handleRequest_secretsSilent_returnsTheBatch() {
    cloud.secrets.fail(true);

    List<String> returned =
        LocalCloud.invoke(
            new BroadcastFunction(cloud.environment()),
            LocalCloud.event(LocalCloud.generation("a"), LocalCloud.generation("b")),
            context);

    assertThat(returned).containsExactly("m0", "m1");
    assertThat(cloud.sentry.attempts()).isZero();
  }

  @Test
  void handleRequest_littleTimeLeft_returnsTheBatch() {
    InvocationContext late = new InvocationContext(500);

    List<String> returned =
        LocalCloud.invoke(
            new BroadcastFunction(cloud.environment()),
            LocalCloud.event(LocalCloud.generation("a")),
            late);

    assertThat(returned).containsExactly("m0");
  }

  @Test
  void handleRequest_redelivery_sendsTheSameSpans() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment());
    String event = LocalCloud.event(LocalCloud.generation("a"));

    LocalCloud.invoke(function, event, context);
    List<ReceivedSpan> first = cloud.sentry.spans();
    cloud.sentry.forget();
    LocalCloud.invoke(new BroadcastFunction(cloud.environment()), event, context);

    assertThat(cloud.sentry.spans())
        .extracting(ReceivedSpan::spanId)
        .isEqualTo(first.stream().map(ReceivedSpan::spanId).toList());
  }

  @Test
  void constructor_anything_touchesNoNetwork() {
    new BroadcastFunction(cloud.environment());

    assertThat(cloud.secrets.calls("GetSecretValue")).isZero();
    assertThat(cloud.sentry.attempts()).isZero();
  }

  @Test
  void constructor_badSetting_saysWhich() {
    Map<String, String> environment = cloud.environment();
    environment.put("MAX_REQUEST_BYTES", "plenty");

    assertThatThrownBy(() -> new BroadcastFunction(environment))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("MAX_REQUEST_BYTES");
  }

  @Test
  void hooks_aroundASnapshot_touchNeitherAndReadTheSecretAgain() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment(), Duration.ZERO);

    function.beforeCheckpoint(Core.getGlobalContext());
    assertThat(cloud.secrets.calls("GetSecretValue")).isZero();
    assertThat(cloud.sentry.attempts()).isZero();

    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("b")), context);
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(1);

    function.afterRestore(Core.getGlobalContext());
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(2);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("c")), context);
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(2);
  }

  @Test
  void restore_destinationRead_isConnectedTo() throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      elsewhere.setSoTimeout(10_000);
      String origin = "http://127.0.0.1:" + elsewhere.getLocalPort();
      cloud.secrets.put(
          LocalCloud.PREFIX + "default",
          """
          {"endpoint": "%1$s/api/1/integration/otlp/v1/traces", "dsn": "%2$s"}\
          """
              .formatted(origin, origin.replace("//", "//" + LocalCloud.KEY + "@") + "/1"));
      Map<String, String> environment = new HashMap<>(cloud.environment());
      environment.put("ALLOWED_ENDPOINT_HOSTS", origin);

      new BroadcastFunction(environment, Duration.ZERO).afterRestore(Core.getGlobalContext());

      assertThatCode(() -> elsewhere.accept().close()).doesNotThrowAnyException();
    }
  }

  @Test
  void restore_storeSilent_firstInvocationReadsAgain() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment());
    cloud.secrets.stop();

    function.afterRestore(Core.getGlobalContext());
    cloud.secrets.restart();
    List<String> returned =
        LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);

    assertThat(returned).isEmpty();
  }

  @Test
  void restore_oneOfTwoUnreadable_firstInvocationReadsThatOneAgain() {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("DEFAULT_DESTINATION", "default,missing");
    BroadcastFunction function = new BroadcastFunction(environment, Duration.ZERO);

    function.afterRestore(Core.getGlobalContext());
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(2);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);

    assertThat(cloud.secrets.calls("GetSecretValue")).as("without \"default\"").isEqualTo(3);
  }

  @Test
  void restore_secretRotatedSinceTheSnapshot_neverSendsTheOldKey() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment(), Duration.ZERO);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);
    function.beforeCheckpoint(Core.getGlobalContext());
    String newKey = "b".repeat(32);
    cloud.secrets.put(
        LocalCloud.PREFIX + "default",
        cloud.sentry.destinationJson(newKey, LocalCloud.PROJECT, false));
    cloud.sentry.refuse(LocalCloud.KEY);
    int attempts = cloud.sentry.attempts();

    function.afterRestore(Core.getGlobalContext());
    List<String> returned =
        LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("b")), context);

    assertThat(returned).isEmpty();
    assertThat(cloud.sentry.attempts() - attempts).as("no try with the old key").isEqualTo(1);
  }

  @Test
  void handleRequest_noEventOfSqs_throwsAndQuotesNothing() {
    BroadcastFunction function = new BroadcastFunction(cloud.environment());

    for (String event : List.of("", "[]", "\"the-event\"", "{\"Records\":[the-event]}")) {
      assertThatThrownBy(() -> LocalCloud.invoke(function, event, context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .hasMessageStartingWith("not an event of SQS")
          .hasMessageNotContaining("the-event");
    }
  }
}
