package dev.sentrybroadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.sentrybroadcast.Canaries.Canary;
import dev.sentrybroadcast.function.ConnectionFunction;
import dev.sentrybroadcast.local.EventSourceSettings;
import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.LocalContext;
import dev.sentrybroadcast.local.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof of privacy mode: no token of any content field of any dialect is found in any byte that
 * left the process, on any path. That a token would be found, {@link
 * #privacyModeOff_tokensAreFound} shows.
 */
final class PrivacyIT {

  private static final Duration VISIBILITY = Duration.ofSeconds(1);

  /** A way a record can go. */
  enum Way {
    SUCCESS("", false),
    FORCED("", false),
    RECORD_IS_STRICTER("\"privacy\": \"metadata_only\",", false),
    FAILED_GENERATION("", true),
    THROTTLED("", true),
    KEY_REJECTED("", true),
    REQUEST_REJECTED("", true),
    TOO_LARGE("", true),
    SENTRY_DOWN("", true),
    GARBAGE("", true),
    UNKNOWN_DESTINATION("\"destination\": \"nowhere\",", true),
    TRUNCATED("", true);

    final String fields;
    final boolean failed;

    Way(String fields, boolean failed) {
      this.fields = fields;
      this.failed = failed;
    }

    Reply reply() {
      return switch (this) {
        case THROTTLED -> Reply.status(429, "Retry-After", "120");
        case KEY_REJECTED -> Reply.status(403);
        case REQUEST_REJECTED -> Reply.status(400);
        case TOO_LARGE -> Reply.status(413);
        case SENTRY_DOWN -> Reply.status(500);
        case GARBAGE -> Reply.garbage();
        default -> Reply.asRelay();
      };
    }

    Map<String, String> settings() {
      return switch (this) {
        case FORCED -> Map.of("FORCE_PRIVACY_MODE", "true");
        case TRUNCATED -> Map.of("MAX_ATTRIBUTE_BYTES", "256", "MAX_SPAN_BYTES", "512");
        default -> Map.of();
      };
    }

    /** Off at the destination where something else has to switch it on. */
    boolean privacyAtDestination() {
      return this != FORCED && this != RECORD_IS_STRICTER;
    }
  }

  @ParameterizedTest
  @EnumSource
  void privacyModeOn_noTokenLeaves(Way way) {
    List<Canary> canaries = new ArrayList<>(Canaries.all(way.fields, way.failed));
    if (way != Way.RECORD_IS_STRICTER) {
      canaries.addAll(Canaries.ofProducers());
    }
    Map<String, byte[]> outputs = outputs(way, way.privacyAtDestination(), canaries);
    assertNothingFound(canaries, outputs);
  }

  @Test
  void malformed_noTokenLeaves() {
    List<Canary> canaries = Canaries.malformed();
    // Off: what is malformed may not be told anyone in either mode.
    assertNothingFound(canaries, outputs(Way.SUCCESS, false, canaries));
  }

  /** What a preview answers, and logs, of good records and of bad ones. */
  @Test
  void preview_noTokenLeaves() {
    List<Canary> canaries = new ArrayList<>(Canaries.all("", true));
    canaries.addAll(Canaries.ofProducers());
    canaries.addAll(Canaries.malformed());
    StringBuilder log = new StringBuilder();
    try (Stack stack = new Stack(1, VISIBILITY, Map.of())) {
      ConnectionFunction function =
          new ConnectionFunction(stack.environment(), stack.secrets::client, _ -> {});
      LocalContext context = new LocalContext(Duration.ofSeconds(30), log::append);
      for (Canary canary : canaries) {
        APIGatewayV2HTTPEvent event =
            APIGatewayV2HTTPEvent.builder()
                .withRawPath("/preview")
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(canary.body())
                .withRequestContext(
                    RequestContext.builder()
                        .withHttp(Http.builder().withMethod("POST").withPath("/preview").build())
                        .build())
                .build();
        APIGatewayV2HTTPResponse answer = function.handleRequest(event, context);
        assertThat(answer.getStatusCode()).isIn(200, 400, 422);
        assertNothingFound(List.of(canary), Map.of("the answer", answer.getBody().getBytes(UTF_8)));
      }
      assertThat(stack.sentry.attempts()).as("requests to Sentry").isZero();
    }
    assertThat(log).isNotEmpty();
    assertNothingFound(canaries, Map.of("log", log.toString().getBytes(UTF_8)));
  }

  @Test
  void privacyModeOff_tokensAreFound() {
    List<Canary> canaries = new ArrayList<>(Canaries.all("", true));
    canaries.addAll(Canaries.ofProducers());
    Map<String, byte[]> outputs = outputs(Way.FAILED_GENERATION, false, canaries);
    byte[] spans = outputs.getOrDefault("OTLP", new byte[0]);
    for (Canary canary : canaries) {
      List<String> expected =
          canary.tokens().keySet().stream()
              .filter(field -> !canary.neverSent().contains(field))
              .map(field -> canary.dialect() + ": " + field)
              .toList();
      assertThat(canary.fieldsIn(spans)).as("fields sent").containsAll(expected);
    }
    byte[] events = outputs.getOrDefault("envelopes", new byte[0]);
    for (Canary canary : Canaries.all("", true)) {
      assertThat(canary.fieldsIn(events))
          .as("error text in the envelope")
          .contains(canary.dialect() + ": error.message");
    }
    for (String output : List.of("headers", "log", "stdout", "stderr")) {
      for (Canary canary : canaries) {
        assertThat(canary.fieldsIn(outputs.getOrDefault(output, new byte[0]))).as(output).isEmpty();
      }
    }
  }

  static void assertNothingFound(List<Canary> canaries, Map<String, byte[]> outputs) {
    outputs.forEach((name, output) -> {
      for (Canary canary : canaries) {
        assertThat(canary.fieldsIn(output)).as("fields found in %s", name).isEmpty();
      }
    });
  }

  /** Everything that leaves the process while these go their way, by where it leaves. */
  private static Map<String, byte[]> outputs(Way way, boolean privacy, List<Canary> canaries) {
    return outputs(way, way.settings(), privacy, "", canaries);
  }

  /** {@code fields}: more of the destination's secret. */
  static Map<String, byte[]> outputs(
      Way way,
      Map<String, String> settings,
      boolean privacy,
      String fields,
      List<Canary> canaries) {
    ByteArrayOutputStream otlp = new ByteArrayOutputStream();
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    ByteArrayOutputStream envelopes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    String log;
    try (Stack stack = new Stack(50, VISIBILITY, settings)) {
      stack.put(
          "default",
          stack
              .sentry
              .destinationJson(Stack.KEY, Stack.PROJECT, privacy)
              .replaceFirst("}\\s*$", ", \"issues\": true" + fields + "}"));
      stack.sentry.replyBy(request -> {
        (request.path().contains("/envelope/") ? envelopes : otlp).writeBytes(request.body());
        headers.writeBytes(request.headers().toString().getBytes(UTF_8));
        headers.writeBytes(request.path().getBytes(UTF_8));
        return way.reply();
      });
      System.setOut(new PrintStream(stdout, true, UTF_8));
      System.setErr(new PrintStream(stderr, true, UTF_8));
      List<String> bodies = new ArrayList<>(canaries.stream().map(Canary::body).toList());
      stack.queue.sendAll(bodies);
      EventSourceSettings poller =
          EventSourceSettings.DEFAULTS.withFunctionTimeout(Duration.ofSeconds(6));
      try (LambdaEventSource source = stack.poll(poller)) {
        source.await(
            "every message processed",
            Stack.LIMIT,
            counts -> counts.deleted() + counts.returned() >= bodies.size());
      }
      log = stack.log();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(log).as("the log").contains("batch done");
    return Map.of(
        "OTLP", otlp.toByteArray(),
        "headers", headers.toByteArray(),
        "envelopes", envelopes.toByteArray(),
        "log", log.getBytes(UTF_8),
        "stdout", stdout.toByteArray(),
        "stderr", stderr.toByteArray());
  }
}
