package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaEventSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A DSN is rotated while records flow. */
final class RotationIT {

  private static final String NEW_KEY = "fedcba9876543210fedcba9876543210";
  private static final int HALF = 100;

  @Test
  void newSecretPutBeforeTheOldKeyIsRefused_noMessageFails() {
    try (Stack stack = new Stack(50, Duration.ofSeconds(2), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.sendAll(Records.plain("before", HALF));
      source.awaitDeleted(HALF, Stack.LIMIT);

      stack.sentry.allow(NEW_KEY, Stack.PROJECT);
      stack.put("default", stack.sentry.destinationJson(NEW_KEY, Stack.PROJECT, false));
      stack.sentry.refuse(Stack.KEY);
      stack.queue.sendAll(Records.plain("after", HALF));
      source.awaitDeleted(2 * HALF, Stack.LIMIT);

      assertThat(source.counts().returned()).as("messages that failed").isZero();
      assertThat(Records.ids(stack.sentry.spans()))
          .containsAll(Records.names("before", HALF))
          .containsAll(Records.names("after", HALF));
    }
  }

  @Test
  void newSecretPutLater_messagesWaitThenAllArrive() {
    try (Stack stack = new Stack(100, Duration.ofSeconds(1), Map.of());
        LambdaEventSource source = stack.poll()) {
      stack.queue.sendAll(Records.plain("before", HALF));
      source.awaitDeleted(HALF, Stack.LIMIT);

      stack.sentry.refuse(Stack.KEY);
      stack.queue.sendAll(Records.plain("after", HALF));
      source.await("each returned", Stack.LIMIT, counts -> counts.returned() >= HALF);
      assertThat(source.counts().deleted()).isEqualTo(HALF);

      stack.sentry.allow(NEW_KEY, Stack.PROJECT);
      stack.put("default", stack.sentry.destinationJson(NEW_KEY, Stack.PROJECT, false));
      source.awaitDeleted(2 * HALF, Stack.LIMIT);
      assertThat(Records.ids(stack.sentry.spans())).containsAll(Records.names("after", HALF));
      assertThat(stack.queue.deadLetters()).isZero();
      assertThat(stack.log()).contains("AUTH_REJECTED").doesNotContain(Stack.KEY, NEW_KEY);
    }
  }
}
