package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static dev.sentrybroadcast.RecordedTraces.record;
import static dev.sentrybroadcast.RecordedTraces.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of recorded spans: whatever they are written as, what is sent has the type of its name.
 */
final class RecordedNumbersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789",
        "1763640000123456789",
        "-1763640000123456789",
        "9223372036854775807",
        "-9223372036854775808"
      })
  void intValue_ofNineteenDigits_staysExact(String value) {
    assertThat(attributes(attribute("n", "{\"intValue\":\"" + value + "\"}")))
        .containsEntry("n", Long.valueOf(value));
    assertThat(attributes(attribute("n", "{\"intValue\":" + value + "}")))
        .containsEntry("n", Long.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource({"1", "1.0", "-3", "0", "2e3", "1234567890123456789"})
  void doubleValue_thatIsWhole_staysADouble(String value) {
    assertThat(attributes(attribute("score", "{\"doubleValue\":" + value + "}")))
        .containsEntry("score", Double.valueOf(value));
  }

  @Test
  void doubleValue_ofNamesThatAreWhole_isWhole() {
    assertThat(
            attributes(
                attribute("gen_ai.usage.input_tokens", "{\"doubleValue\":12}")
                    + ","
                    + attribute("gen_ai.request.seed", "{\"doubleValue\":42}")))
        .containsEntry("gen_ai.usage.input_tokens", 12L)
        .containsEntry("gen_ai.request.seed", "42");
  }

  /** Names as producers send them, and what Sentry reads. */
  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.input_tokens, gen_ai.usage.input_tokens",
    "gen_ai.usage.prompt_tokens, gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens, gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens, gen_ai.usage.output_tokens",
    "gen_ai.usage.total_tokens, gen_ai.usage.total_tokens",
    "llm.usage.total_tokens, gen_ai.usage.total_tokens",
    "gen_ai.usage.cache_read.input_tokens, gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.input_tokens.cached, gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens, gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_creation.input_tokens, gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens, gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.input_tokens.cache_write, gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens, gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.reasoning.output_tokens, gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.output_tokens.reasoning, gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.reasoning_tokens, gen_ai.usage.reasoning.output_tokens",
    "gen_ai.request.max_tokens, gen_ai.request.max_tokens",
    "gen_ai.request.top_k, gen_ai.request.top_k",
    "gen_ai.context.window_size, gen_ai.context.window_size",
  })
  void text_thatIsAWholeNumber_isOneInEitherMode(String given, String sent) {
    String attribute = attribute(given, "{\"stringValue\":\" 12 \"}");
    assertThat(attributes(attribute)).containsEntry(sent, 12L);
    assertThat(attributes(attribute, PrivacyMode.ON)).containsEntry(sent, 12L);
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.cost.total_tokens, gen_ai.cost.total_tokens",
    "gen_ai.usage.total_cost, gen_ai.cost.total_tokens",
    "gen_ai.usage.cost, gen_ai.cost.total_tokens",
    "gen_ai.cost.input_tokens, gen_ai.cost.input_tokens",
    "gen_ai.usage.input_cost, gen_ai.cost.input_tokens",
    "gen_ai.cost.output_tokens, gen_ai.cost.output_tokens",
    "gen_ai.usage.output_cost, gen_ai.cost.output_tokens",
    "gen_ai.cost.cache_read.input_tokens, gen_ai.cost.cache_read.input_tokens",
    "gen_ai.cost.cache_creation.input_tokens, gen_ai.cost.cache_creation.input_tokens",
    "gen_ai.cost.reasoning.output_tokens, gen_ai.cost.reasoning.output_tokens",
    "gen_ai.request.temperature, gen_ai.request.temperature",
    "gen_ai.request.top_p, gen_ai.request.top_p",
    "gen_ai.request.frequency_penalty, gen_ai.request.frequency_penalty",
    "gen_ai.request.presence_penalty, gen_ai.request.presence_penalty",
    "gen_ai.response.time_to_first_chunk, gen_ai.response.time_to_first_chunk",
    "gen_ai.response.time_to_first_token, gen_ai.response.time_to_first_token",
    "gen_ai.response.tokens_per_second, gen_ai.response.tokens_per_second",
    "gen_ai.context.utilization, gen_ai.context.utilization",
  })
  void text_thatIsADecimal_isOneInEitherMode(String given, String sent) {
    String half = attribute(given, "{\"stringValue\":\"0.5\"}");
    String whole = attribute(given, "{\"stringValue\":\"1\"}");
    assertThat(attributes(half)).containsEntry(sent, 0.5);
    assertThat(attributes(half, PrivacyMode.ON)).containsEntry(sent, 0.5);
    assertThat(attributes(whole)).containsEntry(sent, 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_ai.response.streaming",
        "gen_ai.request.stream",
        "gen_ai.request.is_stream",
        "llm.is_streaming"
      })
  void text_thatIsATruthValue_isOneInEitherMode(String given) {
    String attribute = attribute(given, "{\"stringValue\":\"True\"}");
    assertThat(attributes(attribute)).containsEntry("gen_ai.response.streaming", true);
    assertThat(attributes(attribute, PrivacyMode.ON))
        .containsEntry("gen_ai.response.streaming", true);
  }

  @Test
  void text_thatIsNoNumber_isDroppedAndCounted() {
    TelemetryRecord record =
        record(
            attribute("gen_ai.usage.input_tokens", "{\"stringValue\":\"a dozen\"}")
                + ","
                + attribute("gen_ai.response.streaming", "{\"stringValue\":\"perhaps\"}"));
    assertThat(attributes(tree(record, PrivacyMode.OFF).spans().getFirst()))
        .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.response.streaming");
    assertThat(record.corrections().droppedFields())
        .containsExactlyInAnyOrder(
            "resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value",
            "resourceSpans[0].scopeSpans[0].spans[0].attributes[1].value");
  }

  @Test
  void tokenSubsets_largerThanTheirTotals_areCountedApartFromThem() {
    TelemetryRecord record =
        record(
            attribute("gen_ai.usage.input_tokens", "{\"intValue\":10}")
                + ","
                + attribute("gen_ai.usage.cache_read.input_tokens", "{\"intValue\":20}")
                + ","
                + attribute("gen_ai.usage.cache_creation.input_tokens", "{\"intValue\":5}")
                + ","
                + attribute("gen_ai.usage.output_tokens", "{\"intValue\":3}")
                + ","
                + attribute("gen_ai.usage.reasoning.output_tokens", "{\"intValue\":4}"));
    assertThat(attributes(tree(record, PrivacyMode.OFF).spans().getFirst()))
        .containsEntry("gen_ai.usage.input_tokens", 35L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 20L)
        .containsEntry("gen_ai.usage.input_tokens.cached", 20L)
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 5L)
        .containsEntry("gen_ai.usage.output_tokens", 7L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 4L)
        .containsEntry("gen_ai.usage.total_tokens", 42L);
    assertThat(record.corrections().kinds()).isEmpty();
  }

  @Test
  void outputTokens_withoutReasoningByTheirTotal_includeIt() {
    assertThat(
            attributes(
                attribute("gen_ai.usage.prompt_tokens", "{\"intValue\":32}")
                    + ","
                    + attribute("gen_ai.usage.completion_tokens", "{\"intValue\":9}")
                    + ","
                    + attribute("llm.usage.total_tokens", "{\"intValue\":135}")
                    + ","
                    + attribute("gen_ai.usage.reasoning_tokens", "{\"intValue\":94}")))
        .containsEntry("gen_ai.usage.output_tokens", 103L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 94L)
        .containsEntry("gen_ai.usage.total_tokens", 135L);
  }

  @Test
  void toolArguments_withNumbersOfOtherForms_areJson() {
    String number = "{\"key\":\"%s\",\"value\":{\"%s\":%s}}";
    String arguments =
        String.join(
            ",",
            number.formatted("a", "intValue", "\"007\""),
            number.formatted("b", "intValue", "\"+5\""),
            number.formatted("c", "doubleValue", "\"-00.5\""),
            number.formatted("d", "doubleValue", "\"+1e2\""),
            number.formatted("e", "intValue", "\"1234567890123456789\""),
            number.formatted("f", "intValue", "\"-0\""));
    assertThat(
            attributes(
                attribute(
                    "gen_ai.tool.call.arguments",
                    "{\"kvlistValue\":{\"values\":[" + arguments + "]}}")))
        .containsEntry(
            "gen_ai.tool.call.arguments",
            "{\"a\":7,\"b\":5,\"c\":-0.5,\"d\":100.0,\"e\":1234567890123456789,\"f\":0}");
  }
}
