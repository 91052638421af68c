package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.chat;
import static dev.sentrybroadcast.RecordedTraces.span;
import static dev.sentrybroadcast.RecordedTraces.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Recorded spans as a whole: why they failed, and how large they are. */
final class RecordedTracesTest {

  @Test
  void errorEvent_ofOneOfSeveralRoots_hasItsOwn() {
    String failed = "\"status\":{\"code\":2},\"attributes\":[" + chat() + "]";
    assertThat(
            transaction(
                span(4, 3, "chat", failed),
                span(3, 1, "step", "\"kind\":1"),
                span(1, null, "rootA", "\"kind\":1"),
                span(2, null, "rootB", "\"kind\":1")))
        .isEqualTo("rootA");
  }

  @Test
  void errorEvent_belowASpanOfAnotherMessage_hasTheTopmostHere() {
    String failed = "\"status\":{\"code\":2},\"attributes\":[" + chat() + "]";
    assertThat(
            transaction(
                span(1, null, "rootA", "\"kind\":1"),
                span(4, 3, "chat", failed),
                span(3, 9, "step", "\"kind\":1")))
        .isEqualTo("step");
  }

  @Test
  void errorEvent_ofSpansInACircle_hasOneOfThem() {
    String failed = "\"status\":{\"code\":2},\"attributes\":[" + chat() + "]";
    assertThat(transaction(span(1, 2, "one", failed), span(2, 1, "two", "\"kind\":1")))
        .isIn("one", "two");
  }
}
