package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.failed;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedRequest;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Redelivers batches until nothing is left, while Sentry answers at random: what was not returned
 * must be at Sentry.
 */
final class BroadcastChaosTest {

  private static final long SEED = Long.getLong("chaos.seed", 20261120);
  private static final int MESSAGES = Integer.getInteger("chaos.messages", 250);

  private final Random random = new Random(SEED);
  private int outage;

  @Test
  void deliver_answersAtRandom_losesNothing() {
    try (Scene scene = new Scene()) {
      scene.maxRequestBytes = 16_000;
      scene.destinations.put(scene.withIssues("default"));
      scene.destinations.put(scene.destination("second", Scene.KEY, PrivacyMode.ON));
      scene.sentry.replyBy(this::reply);
      Map<String, List<String>> recordsByMessage = new HashMap<>();
      Deque<QueuedMessage> queue = new ArrayDeque<>(messages(scene, recordsByMessage));
      Map<Reason, Long> reasons = new HashMap<>();

      for (int round = 0; !queue.isEmpty(); round++) {
        assertThat(round).as("rounds, seed " + SEED).isLessThan(MESSAGES * 4);
        List<QueuedMessage> batch = new ArrayList<>();
        for (int size = 1 + random.nextInt(25); size > 0 && !queue.isEmpty(); size--) {
          batch.add(queue.removeFirst());
        }
        BatchReport report = scene.deliver(batch.toArray(new QueuedMessage[0]));
        report.returnedByReason().forEach((r, count) -> reasons.merge(r, count, Long::sum));

        Set<String> returned = Scene.reasons(report).keySet();
        Set<String> received = scene.receivedOnce();
        for (QueuedMessage message : batch) {
          if (returned.contains(message.messageId())) {
            queue.addLast(message);
          } else {
            assertThat(received)
                .as("records of " + message.messageId() + ", seed " + SEED)
                .containsAll(recordsByMessage.get(message.messageId()));
          }
        }
        scene.time.advance(Duration.ofSeconds(61));
      }

      assertThat(reasons.keySet())
          .contains(Reason.RATE_LIMITED, Reason.UNAVAILABLE, Reason.REJECTED);
      assertThat(scene.sentry.malformedPayloads()).isZero();
      assertUnmixed(scene.sentry.spans());
    }
  }

  private List<QueuedMessage> messages(Scene scene, Map<String, List<String>> recordsByMessage) {
    List<QueuedMessage> messages = new ArrayList<>();
    for (int m = 0; m < MESSAGES; m++) {
      Generation[] generations = new Generation[1 + random.nextInt(3)];
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < generations.length; i++) {
        // Some records stand in two messages.
        String id = "r" + (random.nextInt(10) == 0 ? m / 2 : m) + "-" + i;
        ids.add(id);
        String[] names =
            random.nextInt(4) == 0 ? new String[] {"default", "second"} : new String[0];
        generations[i] =
            random.nextInt(5) == 0
                ? failed(id, "text of " + id, names)
                : saying(id, ("text of " + id + " ").repeat(40), names);
      }
      recordsByMessage.put("m" + m, ids);
      messages.add(scene.message("m" + m, generations));
    }
    return messages;
  }

  private synchronized Reply reply(ReceivedRequest request) {
    if (request.body().length > 12_000) {
      return Reply.status(413);
    }
    if (outage > 0) {
      outage--;
      return Reply.status(503);
    }
    return switch (random.nextInt(40)) {
      case 0, 1 -> Reply.status(500);
      case 2 -> Reply.status(502);
      case 3, 4 -> Reply.status(503, "Retry-After", "2");
      case 5 -> {
        outage = 5;
        yield Reply.status(504);
      }
      case 6, 7 -> Reply.status(429, "X-Sentry-Rate-Limits", "60:span:key");
      case 8 -> Reply.status(429, "Retry-After", "1");
      case 9 -> Reply.status(401);
      case 10 -> Reply.status(400);
      case 11 -> Reply.status(404);
      case 12 -> Reply.closed();
      case 13 -> Reply.reset();
      case 14 -> Reply.halfClosed();
      case 15 -> Reply.garbage();
      case 16 -> Reply.lost();
      case 17 -> Reply.cut(20);
      case 18 -> Reply.cut(70);
      case 19 -> new Reply.Stale(Reply.asRelay());
      case 20 -> Reply.slow(Duration.ofMillis(1));
      default -> Reply.asRelay();
    };
  }

  /** Each span of a record is the same however often it came, and holds that record's text. */
  private static void assertUnmixed(List<ReceivedSpan> spans) {
    Map<String, Set<String>> texts = new HashMap<>();
    for (ReceivedSpan span : spans) {
      String id = span.text("broadcast.record.id");
      String messages = span.text("gen_ai.input.messages");
      if (id != null && messages != null && span.status().equals("UNSET")) {
        texts.computeIfAbsent(span.spanId(), _ -> new HashSet<>()).add(messages);
        // Another record of the batch with the same id is sent as "id#1".
        String ownId = id.replaceFirst("#.*", "");
        assertThat(messages.contains("text of " + ownId + " "))
            .as("the span of " + id + " holds its own text")
            .isTrue();
      }
    }
    assertThat(texts).isNotEmpty().allSatisfy((_, seen) -> assertThat(seen).hasSize(1));
  }
}
