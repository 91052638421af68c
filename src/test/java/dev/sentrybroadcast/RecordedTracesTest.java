package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static dev.sentrybroadcast.RecordedTraces.chat;
import static dev.sentrybroadcast.RecordedTraces.record;
import static dev.sentrybroadcast.RecordedTraces.span;
import static dev.sentrybroadcast.RecordedTraces.transaction;
import static dev.sentrybroadcast.RecordedTraces.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.api.trace.StatusCode;
import org.junit.jupiter.api.Test;

/** Recorded spans as a whole: why they failed, and how large they are. */
final class RecordedTracesTest {

  @Test
  void errorType_ofASpanThatIsNoError_isKept() {
    String span =
        span(
            1,
            null,
            "chat",
            "\"status\":{},\"attributes\":["
                + chat()
                + ","
                + attribute("error.type", "{\"stringValue\":\"timeout\"}")
                + "]");
    SpanTree tree = tree(span);
    assertThat(attributes(tree.spans().getFirst())).containsEntry("error.type", "timeout");
    assertThat(tree.spans().getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(tree.errorEvent()).isNull();
  }

  @Test
  void errorType_thatIsASentence_isDroppedAndCounted() {
    TelemetryRecord record = record(attribute("error.type", "{\"stringValue\":\"I said no\"}"));
    assertThat(attributes(tree(record, PrivacyMode.OFF).spans().getFirst()))
        .doesNotContainKey("error.type");
    assertThat(record.corrections().droppedFields())
        .containsExactly("resourceSpans[0].scopeSpans[0].spans[0].attributes.error.type");
  }

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
