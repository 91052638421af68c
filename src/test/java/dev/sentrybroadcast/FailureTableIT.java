package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.EventSourceSettings;
import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README's table "What happens when", row by row: through the real handler, a real queue and real
 * HTTP. A row without a test fails here.
 */
final class FailureTableIT {

  private static final Duration VISIBILITY = Duration.ofSeconds(1);
  private static final String MALFORMED = "{\"schema\": \"generation/v1\", \"request\": {}}";

  static Stream<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    boolean table = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("| what happens |")) {
        table = true;
      } else if (table && !line.startsWith("|")) {
        break;
      } else if (table && !line.startsWith("| ---")) {
        rows.add(line.split("\\|", 3)[1].strip());
      }
    }
    assertThat(rows).hasSizeGreaterThan(10);
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row(String whatHappens) {
    switch (whatHappens) {
      case "Sentry accepts" -> deleted(Reply.asRelay(), 1);
      case "Sentry says 413, or a request is over the limit" -> tooLarge();
      case "Sentry says 429" -> rateLimited();
      case "Sentry says 401 or 403" -> {
        returned("AUTH_REJECTED", 1, Reply.status(401));
        returned("AUTH_REJECTED", 1, Reply.status(403));
      }
      case "Sentry says 400, 404, 415 or another 4xx" -> {
        for (int status : List.of(400, 404, 415, 422)) {
          returned("REJECTED", 1, Reply.status(status));
        }
      }
      case "500, 502, 503, 504, a time-out, no connection, DNS, TLS" -> {
        for (int status : List.of(500, 502, 503, 504)) {
          returned("UNAVAILABLE", 3, Reply.status(status));
        }
        returned("UNAVAILABLE", 3, Reply.garbage());
        noSuchHost();
      }
      case "a record is malformed" -> alone("MALFORMED", MALFORMED);
      case "a record names an unknown destination" ->
          alone("UNKNOWN_DESTINATION", Records.record("lost", "\"destination\": \"nowhere\","));
      // Nothing that is known makes the mapping fail: BroadcastTest gives it a mapping that does.
      case "a bug in mapping a record" -> {}
      case "Secrets Manager is silent" -> secretsManagerIsSilent();
      case "the time runs out" -> timeRunsOut();
      // The stack of this test has no S3: ObjectDeliveryTest and ObjectSourcesTest have these
      // objects.
      case "an object in S3 is missing, refused or cut off" -> {}
      case "an earlier message of its group was returned, on a FIFO queue" -> fifo();
      default -> throw new AssertionError("a row of README without a test: " + whatHappens);
    }
  }

  private static void deleted(Reply reply, int attempts) {
    try (Stack stack = stack();
        LambdaEventSource source = stack.poll()) {
      stack.sentry.replyNext(reply);
      stack.queue.send(Records.record("r", ""));
      source.awaitDeleted(1, Stack.LIMIT);
      assertThat(stack.sentry.attempts()).isEqualTo(attempts);
    }
  }

  /** Returned for the reason, after so many requests; nothing is deleted. */
  private static void returned(String reason, int attempts, Reply reply) {
    try (Stack stack = stack()) {
      stack.sentry.replyBy(_ -> reply);
      stack.queue.send(Records.record("r", ""));
      returnedOnce(stack, reason);
      assertThat(stack.sentry.attempts()).as("requests").isGreaterThanOrEqualTo(attempts);
    }
  }

  private static void returnedOnce(Stack stack, String reason) {
    try (LambdaEventSource source = stack.poll()) {
      source.await("returned", Stack.LIMIT, counts -> counts.returned() >= 1);
      assertThat(stack.log()).contains("\"reason\":\"" + reason + "\"");
      assertThat(source.counts().deleted()).isZero();
      assertThat(source.counts().timeouts()).isZero();
    }
  }

  private static void tooLarge() {
    try (Stack stack = stack();
        LambdaEventSource source = stack.poll()) {
      stack.sentry.replyBy(
          request -> request.spans().size() > 1 ? Reply.status(413) : Reply.asRelay());
      stack.queue.sendAll(Records.plain("half", 8));
      source.awaitDeleted(8, Stack.LIMIT);
      assertThat(Records.ids(stack.sentry.spans())).isEqualTo(Records.names("half", 8));
    }
    try (Stack stack = new Stack(9, VISIBILITY, Map.of("MAX_REQUEST_BYTES", "2048"));
        LambdaEventSource source = stack.poll()) {
      stack.queue.sendAll(Records.plain("small", 8));
      source.awaitDeleted(8, Stack.LIMIT);
      stack.sentry.requests().forEach(request -> assertThat(request.body()).hasSizeLessThan(2049));
    }
    returned("TOO_LARGE", 2, Reply.status(413));
  }

  private static void rateLimited() {
    deleted(Reply.status(429, "Retry-After", "1"), 2);
    try (Stack stack = stack();
        LambdaEventSource source = stack.poll()) {
      stack.sentry.replyNext(Reply.status(429, "X-Sentry-Rate-Limits", "120:span:project"));
      stack.queue.send(Records.record("first", ""));
      source.await("returned", Stack.LIMIT, counts -> counts.returned() == 1);
      // Another one meanwhile: nothing is sent, and both stay hidden for the wait.
      stack.queue.send(Records.record("second", ""));
      source.await("both returned", Stack.LIMIT, counts -> counts.returned() == 2);
      assertThat(stack.sentry.attempts()).isEqualTo(1);
      assertThat(stack.log()).contains("RATE_LIMITED").contains("\"RateLimitedSeconds\":1");
    }
  }

  private static void noSuchHost() {
    Map<String, String> settings = Map.of("ALLOWED_ENDPOINT_HOSTS", "http://sentry.invalid:80");
    try (Stack stack = new Stack(9, VISIBILITY, settings)) {
      stack.put(
          "default",
          """
          {"endpoint": "http://sentry.invalid:80/api/456/integration/otlp/v1/traces",
           "dsn": "http://%s@sentry.invalid:80/456"}\
          """
              .formatted(Stack.KEY));
      stack.queue.send(Records.record("r", ""));
      returnedOnce(stack, "UNAVAILABLE");
    }
  }

  /** The bad one is returned, and dead-lettered; its neighbours arrive. */
  private static void alone(String reason, String bad) {
    try (Stack stack = new Stack(2, VISIBILITY, Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.send(bad);
      stack.queue.sendAll(Records.plain("neighbour", 3));
      source.awaitDeleted(3, Stack.LIMIT);
      stack.queue.awaitDeadLetters(1, Stack.LIMIT);
      assertThat(stack.log()).contains("\"reason\":\"" + reason + "\"");
    }
  }

  private static void secretsManagerIsSilent() {
    try (Stack stack = stack()) {
      stack.secrets.fail(true);
      stack.queue.send(Records.record("r", ""));
      returnedOnce(stack, "SECRETS_UNAVAILABLE");
      assertThat(stack.sentry.attempts()).isZero();
    }
    Map<String, String> settings = Map.of("DESTINATION_CACHE_SECONDS", "0");
    try (Stack stack = new Stack(9, VISIBILITY, settings);
        LambdaEventSource source = stack.poll()) {
      stack.queue.send(Records.record("known", ""));
      source.awaitDeleted(1, Stack.LIMIT);
      stack.secrets.fail(true);
      stack.queue.send(Records.record("last good", ""));
      source.awaitDeleted(2, Stack.LIMIT);
      // The destination, and the routes.
      assertThat(stack.log()).contains("\"LastGoodServed\":2");
    }
  }

  private static void timeRunsOut() {
    try (Stack stack = stack()) {
      stack.sentry.replyBy(_ -> Reply.stalled(Duration.ofMinutes(2)));
      stack.queue.send(Records.record("r", ""));
      EventSourceSettings settings =
          EventSourceSettings.DEFAULTS.withFunctionTimeout(Duration.ofSeconds(5));
      try (LambdaEventSource source = stack.poll(settings)) {
        source.await("returned", Stack.LIMIT, counts -> counts.returned() >= 1);
        assertThat(source.counts().timeouts()).as("killed for its time").isZero();
        assertThat(source.counts().deleted()).isZero();
      }
    }
  }

  private static void fifo() {
    try (Stack stack = Stack.fifo(2, VISIBILITY);
        LambdaEventSource source = stack.poll()) {
      stack.queue.send(MALFORMED, "group");
      // So that it is received once more than the message behind it, and dead before that one is.
      source.await("returned", Stack.LIMIT, counts -> counts.returned() >= 1);
      stack.queue.send(Records.record("behind", ""), "group");
      source.awaitDeleted(1, Stack.LIMIT);
      stack.queue.awaitDeadLetters(1, Stack.LIMIT);
      assertThat(stack.log()).contains("GROUP_BLOCKED");
      assertThat(Records.ids(stack.sentry.spans())).containsExactly("behind");
    }
  }

  private static Stack stack() {
    return new Stack(9, VISIBILITY, Map.of());
  }
}
