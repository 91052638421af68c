package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrivacyModeTest {

  static final List<AttributeKey<String>> CONTENT =
      List.of(
          SpanAttributes.INPUT_MESSAGES,
          SpanAttributes.OUTPUT_MESSAGES,
          SpanAttributes.SYSTEM_INSTRUCTIONS,
          SpanAttributes.TOOL_DEFINITIONS,
          SpanAttributes.EMBEDDINGS_INPUT,
          SpanAttributes.TOOL_DESCRIPTION,
          SpanAttributes.TOOL_CALL_ARGUMENTS,
          SpanAttributes.TOOL_CALL_RESULT);

  private static final String CANARY = "CANARY-";

  @Test
  void on_noContentIsInAnyField() {
    assertThat(leaks(Trees.tree(Generations.everything(CANARY).build(), PrivacyMode.ON))).isEmpty();
  }

  @Test
  void on_contentThatIsCut_isInNoField() {
    Generation large = Generations.everything(CANARY.repeat(20_000)).build();
    assertThat(leaks(Trees.tree(large, PrivacyMode.ON))).isEmpty();
  }

  @Test
  void on_statusAndEventSayTheErrorsType() {
    SpanTree tree = Trees.tree(Generations.everything(CANARY).build(), PrivacyMode.ON);
    assertThat(Trees.generation(tree).getStatus().getDescription()).isEqualTo("rate_limit");
    assertThat(tree.errorEvent()).isNotNull().extracting(ErrorEvent::value).isEqualTo("rate_limit");
  }

  @Test
  void on_noContentAttributeIsThere() {
    for (SpanData span :
        Trees.tree(Generations.everything(CANARY).build(), PrivacyMode.ON).spans()) {
      for (AttributeKey<String> key : CONTENT) {
        assertThat(span.getAttributes().get(key) == null).as(key.getKey()).isTrue();
      }
    }
  }

  @Test
  void record_asksForMetadataOnly_isStricterThanItsDestination() {
    Generation generation = Generations.everything(CANARY).metadataOnly().build();
    assertThat(leaks(Trees.tree(generation, PrivacyMode.OFF))).isEmpty();
  }

  /** The other half of the proof: the canaries are found where they may be. */
  @Test
  void off_everyContentFieldIsSent() {
    SpanTree tree = Trees.tree(Generations.everything(CANARY).build(), PrivacyMode.OFF);
    List<String> leaks = leaks(tree);
    for (AttributeKey<String> key : CONTENT) {
      assertThat(leaks).anyMatch(leak -> leak.endsWith(" " + key.getKey()));
    }
    assertThat(leaks).contains("Draft answer status", "attempt 1 OpenAI status", "event value");
    assertThat(leaks).contains("execute_tool search status");
    String input = Trees.text(Trees.generation(tree), "gen_ai.input.messages");
    for (String field :
        List.of("text", "reasoning", "refusal", "call", "json", "called", "uri", "file", "name")) {
      assertThat(input != null && input.contains(CANARY + field)).as(field).isTrue();
    }
  }

  @Test
  void toString_ofWhatHoldsContent_saysNothing() {
    SpanTree tree = Trees.tree(Generations.everything(CANARY).build(), PrivacyMode.OFF);
    boolean said = tree.toString().contains(CANARY) || tree.spans().toString().contains(CANARY);
    assertThat(said || String.valueOf(tree.errorEvent()).contains(CANARY)).isFalse();
  }

  /** Where canaries are: the field, never the text. */
  private static List<String> leaks(SpanTree tree) {
    List<String> leaks = new ArrayList<>();
    for (SpanData span : tree.spans()) {
      String where = span.getName().contains(CANARY) ? "a name" : span.getName();
      note(leaks, where + " name", span.getName());
      note(leaks, where + " status", span.getStatus().getDescription());
      span.getAttributes()
          .forEach((AttributeKey<?> key, Object value) ->
              note(leaks, where + " " + key.getKey(), key.getKey() + value));
      note(leaks, where + " resource", span.getResource().toString());
    }
    ErrorEvent event = tree.errorEvent();
    if (event != null) {
      note(leaks, "event value", event.value());
      note(
          leaks,
          "event",
          event.type() + event.fingerprint() + event.tags() + event.transaction() + event.userId());
    }
    return leaks;
  }

  private static void note(List<String> leaks, String field, String value) {
    if (value.contains(CANARY)) {
      leaks.add(field);
    }
  }
}
