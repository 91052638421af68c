package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static dev.sentrybroadcast.RecordedTraces.chat;
import static dev.sentrybroadcast.RecordedTraces.decode;
import static dev.sentrybroadcast.RecordedTraces.record;
import static dev.sentrybroadcast.RecordedTraces.span;
import static dev.sentrybroadcast.RecordedTraces.transaction;
import static dev.sentrybroadcast.RecordedTraces.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Recorded spans as a whole: why they failed, and how large they are. */
final class RecordedTracesTest {

  private static final int REQUEST_BYTES = 4 * 1024 * 1024;

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
  void conversation_ofSpansThatAreNoCalls_isNone() {
    String session = attribute("session.id", "{\"stringValue\":\"s\"}");
    SpanTree tree =
        tree(
            span(1, null, "step", "\"attributes\":[" + session + "]")
                + ","
                + span(2, 1, "chat", "\"attributes\":[" + session + "," + chat() + "]"));
    assertThat(attributes(tree.spans().get(0)))
        .containsEntry("session.id", "s")
        .doesNotContainKey("gen_ai.conversation.id");
    assertThat(attributes(tree.spans().get(1))).containsEntry("gen_ai.conversation.id", "s");
  }

  /** As LiteLLM's callback writes an answer of an earlier turn. */
  @Test
  void toolCalls_besideTheParts_areShown() {
    String messages =
        "[{'role':'assistant','parts':[],'tool_calls':[{'id':'c','type':'function',"
            + "'function':{'name':'get_weather','arguments':'{}'}}]}]";
    String input = "{\"stringValue\":\"" + messages.replace("'", "\\\"") + "\"}";
    assertThat(attributes(attribute("gen_ai.input.messages", input)))
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c\","
                + "\"name\":\"get_weather\",\"arguments\":{}}]}]");
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

  @Test
  void longCommonTexts_ofManySpans_fitIntoOneRequest() {
    StringBuilder body = new StringBuilder();
    for (int i = 1; i <= 1_900; i++) {
      String common =
          String.join(
              ",",
              attribute("user.id", "{\"stringValue\":\"" + "u".repeat(900) + "\"}"),
              attribute("session.id", "{\"stringValue\":\"" + "s".repeat(900) + "\"}"),
              attribute("sentry.release", "{\"stringValue\":\"" + "r".repeat(900) + "\"}"),
              chat());
      body.append(i == 1 ? "" : ",")
          .append(
              span(
                  i,
                  i == 1 ? null : 1,
                  "chat",
                  "\"attributes\":[" + (i == 1 ? common : chat()) + "]"));
    }
    SpanTree tree = tree(body.toString());
    assertThat(tree.spans()).hasSize(1_900);
    assertThat(tree.bytes()).isLessThan(REQUEST_BYTES);
    assertThat(TraceRequestMarshaler.create(tree.spans()).getBinarySerializedSize())
        .isLessThan(REQUEST_BYTES);
    assertThat(attributes(tree.spans().getFirst()))
        .containsEntry("user.id", "u".repeat(900))
        .containsEntry("sentry.release", "r".repeat(250));
    Object conversation =
        Objects.requireNonNull(attributes(tree.spans().get(0)).get("gen_ai.conversation.id"));
    assertThat(tree.spans())
        .allSatisfy(span ->
            assertThat(attributes(span))
                .containsEntry("sentry.origin", "auto.ai.sentry_broadcast")
                .containsEntry("gen_ai.conversation.id", conversation));
  }

  @Test
  void longTextsOfTheResource_ofManySpans_fitIntoOneRequest() {
    StringBuilder body = new StringBuilder();
    String content = "{\"stringValue\":\"[{}" + ",{}".repeat(80) + "]\"}"; // eight times as long
    String more = "\"attributes\":[" + attribute("gen_ai.input.messages", content) + "]";
    for (int i = 1; i <= 2_000; i++) {
      body.append(i == 1 ? "" : ",").append(span(i, null, "step", more));
    }
    String name = "{\"stringValue\":\"" + "日".repeat(1_000) + "\"}";
    SpanTree tree =
        tree(
            decode(
                "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
                    + attribute("service.name", name)
                    + ","
                    + attribute("service.version", name)
                    + "]},\"scopeSpans\":[{\"spans\":["
                    + body
                    + "]}]}]}"),
            PrivacyMode.OFF);
    assertThat(TraceRequestMarshaler.create(tree.spans()).getBinarySerializedSize())
        .isLessThan(REQUEST_BYTES);
    assertThat(attributes(tree.spans().getFirst()))
        .containsEntry("trace.metadata.service.name", "日".repeat(1_000));
  }
}
