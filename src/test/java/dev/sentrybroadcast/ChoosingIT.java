package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.ReceivedSpan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Routes, producers, filters and sampling from end to end. */
final class ChoosingIT {

  private static final String OTHER_KEY = "b".repeat(32);
  private static final String OTHER_PROJECT = "789";

  /** What ElasticMQ says of every sender. */
  private static final String SENDER = "127.0.0.1";

  private static String trace(String environment, String session) {
    return "\"session_id\": \"%s\", \"trace\": {\"environment\": \"%s\"},"
        .formatted(session, environment);
  }

  private static String with(String destination, String more) {
    return destination.substring(0, destination.lastIndexOf('}')) + "," + more + "}";
  }

  private static Set<String> idsOf(Stack stack, String project) {
    Set<String> ids = new TreeSet<>();
    stack.sentry.requests().stream()
        .filter(request -> request.path().contains("/" + project + "/"))
        .flatMap(request -> request.spans().stream())
        .map(span -> String.valueOf(span.text("broadcast.record.id")))
        .forEach(ids::add);
    return ids;
  }

  @Test
  void records_goWhereRoutesProducersAndFiltersSay() {
    try (Stack stack = new Stack(2, Duration.ofSeconds(1), Map.of())) {
      stack.sentry.allow(OTHER_KEY, OTHER_PROJECT);
      String eu = stack.sentry.destinationJson(OTHER_KEY, OTHER_PROJECT, true);
      stack.put(
          "eu",
          with(
              eu,
              """
              "sampling_rate": 0, "producers": {"sender_ids": ["%s"]},
              "keep": {"rules": [{"field": "input", "operator": "contains", "value": "Hello keep"}]}
              """
                  .formatted(SENDER)));
      stack.put("closed", with(eu, "\"producers\": {\"sender_ids\": [\"AIDAOTHER\"]}"));
      stack.put(
          "_routes",
          """
          {"routes": [{"when": {"groups": [{"rules": [
             {"field": "environment", "operator": "equals", "value": "eu"}]}]}, "to": ["eu"]}]}
          """);
      try (LambdaEventSource source = stack.poll()) {
        stack.queue.sendAll(
            List.of(
                Records.record("keep-eu", trace("eu", "s1")),
                Records.record("drop-eu", trace("eu", "s1")),
                Records.record("us", trace("us", "s1")),
                Records.record("own", "\"destination\": \"default\"," + trace("eu", "s1"))));
        source.awaitDeleted(4, Stack.LIMIT);
        stack.queue.send(Records.record("foreign", "\"destination\": \"closed\","));
        stack.queue.awaitDeadLetters(1, Stack.LIMIT);
      }

      assertThat(idsOf(stack, Stack.PROJECT)).containsExactlyInAnyOrder("us", "own");
      assertThat(idsOf(stack, OTHER_PROJECT)).containsExactly("keep-eu");
      ReceivedSpan kept =
          stack.sentry.spans().stream()
              .filter(span -> "keep-eu".equals(span.text("broadcast.record.id")))
              .findFirst()
              .orElseThrow();
      assertThat(kept.text("broadcast.sampling.reason")).isEqualTo("rule");
      assertThat(kept.number("broadcast.sampling.rate")).isEqualTo(0.0);
      assertThat(kept.attributes().toString()).doesNotContain("Hello");
      assertThat(stack.log())
          .contains("PRODUCER_NOT_ALLOWED", "\"ReturnedProducerNotAllowed\":1", "\"SampledOut\":1")
          .doesNotContain("Hello");
    }
  }

  /** A new version of the routes serves once it is due; a broken one changes nothing. */
  @Test
  void routes_rotated_serveWithoutAFailedMessage() {
    try (Stack stack =
            new Stack(50, Duration.ofSeconds(1), Map.of("DESTINATION_CACHE_SECONDS", "0"));
        LambdaEventSource source = stack.poll()) {
      stack.sentry.allow(OTHER_KEY, OTHER_PROJECT);
      stack.put("other", stack.sentry.destinationJson(OTHER_KEY, OTHER_PROJECT, false));
      stack.put("_routes", "{\"default\": [\"other\"]}");
      stack.queue.send(Records.record("first", ""));
      source.awaitDeleted(1, Stack.LIMIT);
      stack.put("_routes", "{\"default\": [\"default\"]}");
      stack.queue.send(Records.record("second", ""));
      source.awaitDeleted(2, Stack.LIMIT);
      stack.put("_routes", "{\"default\": \"s3cret\"}");
      stack.queue.send(Records.record("third", ""));
      source.awaitDeleted(3, Stack.LIMIT);

      assertThat(source.counts().returned()).isZero();
      assertThat(idsOf(stack, OTHER_PROJECT)).containsExactly("first");
      assertThat(idsOf(stack, Stack.PROJECT)).containsExactlyInAnyOrder("second", "third");
      assertThat(stack.log()).contains("last good value").doesNotContain("s3cret");
    }
  }
}
