package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.local.ReceivedSpan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
            cloud.function(),
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
            cloud.function(), LocalCloud.event(LocalCloud.generation("a"), "{not json"), context);

    assertThat(returned).containsExactly("m1");
    assertThat(cloud.sentry.spans()).isNotEmpty();
    assertThat(context.lines()).anySatisfy(line -> assertThat(line).contains("malformed", "m1"));
  }

  @Test
  void handleRequest_noRecords_returnsAnEmptyList() {
    assertThat(LocalCloud.invoke(cloud.function(), "{\"Records\":[]}", context)).isEmpty();
  }

  @Test
  void handleRequest_secretsSilent_returnsTheBatch() {
    cloud.secrets.fail(true);

    List<String> returned =
        LocalCloud.invoke(
            cloud.function(),
            LocalCloud.event(LocalCloud.generation("a"), LocalCloud.generation("b")),
            context);

    assertThat(returned).containsExactly("m0", "m1");
    assertThat(cloud.sentry.attempts()).isZero();
  }

  @Test
  void handleRequest_littleTimeLeft_returnsTheBatch() {
    InvocationContext late = new InvocationContext(500);

    List<String> returned =
        LocalCloud.invoke(cloud.function(), LocalCloud.event(LocalCloud.generation("a")), late);

    assertThat(returned).containsExactly("m0");
  }

  @Test
  void handleRequest_redelivery_sendsTheSameSpans() {
    BroadcastFunction function = cloud.function();
    String event = LocalCloud.event(LocalCloud.generation("a"));

    LocalCloud.invoke(function, event, context);
    List<ReceivedSpan> first = cloud.sentry.spans();
    cloud.sentry.forget();
    LocalCloud.invoke(cloud.function(), event, context);

    assertThat(cloud.sentry.spans())
        .extracting(ReceivedSpan::spanId)
        .isEqualTo(first.stream().map(ReceivedSpan::spanId).toList());
  }

  @Test
  void constructor_anything_touchesNoNetwork() {
    cloud.function();

    assertThat(cloud.secrets.calls("GetSecretValue")).isZero();
    assertThat(cloud.sentry.attempts()).isZero();
  }

  @Test
  void constructor_badSetting_saysWhich() {
    assertThatThrownBy(() -> cloud.function(Map.of("MAX_REQUEST_BYTES", "plenty")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("MAX_REQUEST_BYTES");
  }

  @Test
  void hooks_aroundASnapshot_touchNeitherAndReadTheSecretAgain() throws IOException {
    BroadcastFunction function = cloud.function();

    Priming.run(cloud.environment(), 1);
    assertThat(cloud.secrets.calls("GetSecretValue")).isZero();
    assertThat(cloud.sentry.attempts()).isZero();

    // The destination's secret, and that of the routes.
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("b")), context);
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(2);

    function.afterRestore(Core.getGlobalContext());
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(4);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("c")), context);
    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(4);
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
      cloud
          .function(Map.of("ALLOWED_ENDPOINT_HOSTS", origin))
          .afterRestore(Core.getGlobalContext());

      assertThatCode(() -> elsewhere.accept().close()).doesNotThrowAnyException();
    }
  }

  @Test
  void restore_storeSilent_firstInvocationReadsAgain() {
    BroadcastFunction function = cloud.function();
    cloud.secrets.stop();

    function.afterRestore(Core.getGlobalContext());
    cloud.secrets.restart();
    List<String> returned =
        LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);

    assertThat(returned).isEmpty();
  }

  @Test
  void restore_connectionOfTheSnapshotDropped_readsTheSecretAgain() {
    BroadcastFunction function = cloud.function();
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);
    cloud.secrets.stop();
    cloud.secrets.restart();

    function.afterRestore(Core.getGlobalContext());

    assertThat(cloud.secrets.calls("GetSecretValue")).isEqualTo(4);
  }

  /** A snapshot that holds an open socket holds a dead one when it is restored. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "lists sockets in /proc")
  void priming_always_leavesNoSocketAndCallsNobody() throws IOException {
    List<String> before = sockets();

    String responses = Priming.run(cloud.environment(), 1);

    assertThat(responses.split("batchItemFailures", -1)).hasSize(13);
    assertThat(responses.split("itemIdentifier", -1)).as("all but two are delivered").hasSize(3);
    assertThat(before).containsAll(sockets());
    assertThat(cloud.secrets.calls("GetSecretValue")).isZero();
    assertThat(cloud.sentry.attempts()).isZero();
  }

  /** Priming fails without its events; a failure must not keep the version from being published. */
  @Test
  void priming_itsEvents_areThoseOfTheSamples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("events"))) {
      assertThat(Priming.EVENTS.split(" ", -1))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString().replace(".json", ""))
                  .filter(name -> !name.startsWith("connection-"))
                  .toList());
    }
  }

  private static List<String> sockets() throws IOException {
    List<String> sockets = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:")) {
            sockets.add(target);
          }
        } catch (NoSuchFileException _) {
          // The descriptor of the listing itself.
        }
      }
    }
    return sockets;
  }

  @Test
  void restore_secretRotatedSinceTheSnapshot_neverSendsTheOldKey() throws IOException {
    BroadcastFunction function = cloud.function();
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("a")), context);
    Priming.run(cloud.environment(), 1);
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
    BroadcastFunction function = cloud.function();

    for (String event :
        List.of(
            "",
            "[]",
            "{}",
            "\"the-event\"",
            "{\"Records\":\"the-event\"}",
            "{\"Records\":[the-event]}")) {
      assertThatThrownBy(() -> LocalCloud.invoke(function, event, context))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .hasMessageStartingWith("not an event of SQS")
          .hasMessageNotContaining("the-event");
    }
  }
}
