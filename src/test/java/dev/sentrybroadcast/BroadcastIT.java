package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.ReceivedSpan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The main job, end to end: a real queue, real HTTP, the runtime's own serializer. */
final class BroadcastIT {

  @Test
  void openRouterExample_arrivesAsTheGuideSays() throws NoSuchAlgorithmException {
    try (Stack stack = new Stack(3, Duration.ofSeconds(5), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.send(Samples.body("openrouter-example.json"));
      source.awaitDeleted(1, Stack.LIMIT);

      List<ReceivedSpan> spans = stack.sentry.spans();
      assertThat(spans)
          .extracting(ReceivedSpan::name)
          .containsExactly("Error Analysis Agent", "Analyze Stack Trace");
      ReceivedSpan root = spans.getFirst();
      ReceivedSpan generation = spans.getLast();
      assertThat(root.parentSpanId()).isEmpty();
      assertThat(generation.parentSpanId()).isEqualTo(root.spanId());
      String traceId =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest("incident_investigation_001".getBytes(StandardCharsets.UTF_8)),
                  0,
                  16);
      for (ReceivedSpan span : spans) {
        assertThat(span.traceId()).isEqualTo(traceId);
        assertThat(span.text("user.id")).isEqualTo("user_12345");
        assertThat(span.text("session.id")).isEqualTo("session_abc");
        assertThat(span.text("sentry.environment")).isEqualTo("production");
        assertThat(span.text("sentry.release")).isEqualTo("v2.1.0");
      }
      assertThat(root.text("sentry.op")).isEqualTo("gen_ai.invoke_agent");
      assertThat(generation.text("sentry.op")).isEqualTo("gen_ai.chat");
      assertThat(generation.number("gen_ai.cost.total_tokens")).isEqualTo(0.00213);
      assertThat(root.attributes()).doesNotContainKey("gen_ai.cost.total_tokens");
    }
  }

  @Test
  void sentryStopped_messagesComeBackAndArriveOnceItIsUp() {
    int messages = 30;
    try (Stack stack = new Stack(100, Duration.ofSeconds(2), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.sendAll(Records.plain("before", messages));
      source.awaitDeleted(messages, Stack.LIMIT);
      assertThat(stack.sentry.spans()).hasSize(messages);

      stack.sentry.stop();
      stack.queue.sendAll(Records.plain("after", messages));
      source.await(
          "every message returned once", Stack.LIMIT, counts -> counts.returned() >= messages);
      assertThat(source.counts().deleted()).as("deleted while Sentry was down").isEqualTo(messages);

      stack.sentry.restart();
      source.awaitDeleted(2 * messages, Stack.LIMIT);
      assertThat(Records.ids(stack.sentry.spans())).containsAll(Records.names("after", messages));
      assertThat(stack.queue.deadLetters()).isZero();
      assertThat(stack.queue.depth()).isZero();
    }
  }

  @Test
  void sameRecordTwice_isTheSameBytes() {
    try (Stack stack = new Stack(3, Duration.ofSeconds(5), Map.of());
        LambdaEventSource source = stack.poll()) {
      for (int i = 1; i <= 2; i++) {
        stack.queue.send(Samples.body("chat-tool-calls.json"));
        source.awaitDeleted(i, Stack.LIMIT);
      }
      List<byte[]> bodies = new ArrayList<>();
      stack.sentry.requests().forEach(request -> bodies.add(request.body()));
      assertThat(bodies).hasSize(2);
      assertThat(bodies.getFirst()).isEqualTo(bodies.getLast());
    }
  }

  @Test
  void oneBadMessage_isDeadLetteredAlone() {
    try (Stack stack = new Stack(2, Duration.ofSeconds(1), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.sendAll(Records.plain("good", 9));
      String bad = stack.queue.send("{\"schema\": \"generation/v1\", \"request\": {}}");
      source.awaitDeleted(9, Stack.LIMIT);
      stack.queue.awaitDeadLetters(1, Stack.LIMIT);

      assertThat(Records.ids(stack.sentry.spans()))
          .containsExactlyInAnyOrderElementsOf(Records.names("good", 9));
      assertThat(stack.queue.peekDeadLetters().getFirst().messageId()).isEqualTo(bad);
      assertThat(stack.log()).contains("malformed: request.model: ");
    }
  }

  @Test
  void unknownDestination_neverFallsBackToAnother() {
    try (Stack stack = new Stack(2, Duration.ofSeconds(1), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.send(Records.record("lost", "\"destination\": \"nowhere\","));
      stack.queue.awaitDeadLetters(1, Stack.LIMIT);
      assertThat(stack.sentry.attempts()).isZero();
      assertThat(source.counts().deleted()).isZero();
    }
  }
}
