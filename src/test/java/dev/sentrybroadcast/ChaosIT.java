package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.EventSourceSettings;
import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of records through a real queue and the real handler to a Sentry that answers at random
 * from the failure table. At the end each record is at Sentry or in the dead-letter queue.
 *
 * <p>{@code -Dchaos.records=50000 -Dchaos.seed=42} runs it longer, or again.
 */
@Tag("slow")
final class ChaosIT {

  private static final int RECORDS = Integer.getInteger("chaos.records", 5_000);
  private static final long SEED = Long.getLong("chaos.seed", 20_261_120L);
  private static final int POISON_EVERY = 100;
  private static final String NEW_KEY = "fedcba9876543210fedcba9876543210";

  @Test
  void randomFailures_nothingIsLostAndNothingMixes() {
    try (Stack stack = new Stack(40, Duration.ofSeconds(2), Map.of())) {
      Random random = new Random(SEED);
      stack.sentry.replyBy(_ -> reply(random));
      List<String> bodies = new ArrayList<>(Records.plain("record", RECORDS));
      Set<String> poison = new TreeSet<>();
      for (int i = 0; i < RECORDS; i += POISON_EVERY) {
        bodies.add(
            "{\"schema\": \"generation/v1\", \"id\": \"poison-" + i + "\", \"request\": {}}");
      }
      Collections.shuffle(bodies, new Random(SEED));
      List<String> ids = stack.queue.sendAll(bodies);
      Map<String, String> bodyOf = new HashMap<>();
      for (int i = 0; i < ids.size(); i++) {
        bodyOf.put(ids.get(i), bodies.get(i));
        if (bodies.get(i).contains("poison-")) {
          poison.add(ids.get(i));
        }
      }
      EventSourceSettings settings =
          EventSourceSettings.DEFAULTS
              .withConcurrency(2)
              .withFunctionTimeout(Duration.ofSeconds(8));
      try (LambdaEventSource source = stack.poll(settings)) {
        source.awaitDeleted(RECORDS / 2, Duration.ofMinutes(10));
        stack.sentry.allow(NEW_KEY, Stack.PROJECT);
        stack.put("default", stack.sentry.destinationJson(NEW_KEY, Stack.PROJECT, false));
        stack.sentry.refuse(Stack.KEY);
        // From here on Sentry is well, so that the run ends; what is poison ends as dead letters.
        source.awaitDeleted(RECORDS * 9 / 10, Duration.ofMinutes(10));
        stack.sentry.replyAsRelay();
        stack.queue.awaitDrained(Duration.ofMinutes(10));
        System.out.printf(
            "chaos: seed %d, %d messages, %s, %d requests, %d spans kept%n",
            SEED,
            bodies.size(),
            source.counts(),
            stack.sentry.attempts(),
            stack.sentry.spans().size());
      }

      Set<String> dead = stack.deadLetterIds();
      Set<String> missing = Records.names("record", RECORDS);
      missing.removeAll(Records.ids(stack.sentry.spans()));
      for (String id : dead) {
        if (!poison.contains(id)) {
          missing.removeIf(name -> bodyOf.getOrDefault(id, "").contains("\"" + name + "\""));
        }
      }
      assertThat(missing).as("neither at Sentry nor dead letters, seed %d", SEED).isEmpty();
      assertThat(dead).as("poison is dead-lettered, seed %d", SEED).containsAll(poison);
      assertNothingMixes(stack.sentry.spans());
    }
  }

  /** One trace and one span id per record, however often it was sent. */
  private static void assertNothingMixes(List<ReceivedSpan> spans) {
    Map<String, String> spanOfRecord = new HashMap<>();
    Map<String, String> recordOfSpan = new HashMap<>();
    for (ReceivedSpan span : spans) {
      String record = String.valueOf(span.text("broadcast.record.id"));
      String id = span.traceId() + span.spanId();
      assertThat(spanOfRecord.computeIfAbsent(record, _ -> id)).isEqualTo(id);
      assertThat(recordOfSpan.computeIfAbsent(id, _ -> record)).isEqualTo(record);
    }
  }

  private static synchronized Reply reply(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> Reply.status(429, "Retry-After", "1");
      case 1 -> Reply.status(429, "X-Sentry-Rate-Limits", "1:span:project", "Retry-After", "1");
      case 2 -> Reply.status(500);
      case 3 -> Reply.status(502);
      case 4 -> Reply.status(503);
      case 5 -> Reply.status(504);
      case 6 -> Reply.status(413);
      case 7 -> Reply.status(400);
      case 8 -> Reply.status(403);
      case 9 -> Reply.status(404);
      case 10 -> Reply.closed();
      case 11 -> Reply.reset();
      case 12 -> Reply.halfClosed();
      case 13 -> Reply.garbage();
      case 14 -> Reply.cut(20);
      case 15 -> Reply.slow(Duration.ofMillis(2));
      case 16 -> Reply.lost();
      case 17 -> Reply.stalled(Duration.ofMillis(300));
      default -> Reply.asRelay();
    };
  }
}
