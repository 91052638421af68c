package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Usage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Token counts in Sentry's meaning, and US dollars. */
class UsageAndCostTest {

  static Stream<Arguments> usages() {
    return Stream.of(
        Arguments.of(
            "OpenAI chat",
            "{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15,"
                + "'prompt_tokens_details':{'cached_tokens':4,'cache_write_tokens':2},"
                + "'completion_tokens_details':{'reasoning_tokens':3}}",
            new Usage(10L, 5L, 15L, 4L, 2L, 3L)),
        Arguments.of(
            "OpenAI Responses: input includes what was cached",
            "{'input_tokens':10,'output_tokens':5,'input_tokens_details':{'cached_tokens':4},"
                + "'output_tokens_details':{'reasoning_tokens':3}}",
            new Usage(10L, 5L, 15L, 4L, null, 3L)),
        Arguments.of(
            "Anthropic: input excludes it",
            "{'input_tokens':10,'output_tokens':5,'cache_read_input_tokens':100,"
                + "'cache_creation_input_tokens':20}",
            new Usage(130L, 5L, 135L, 100L, 20L, null)),
        Arguments.of(
            "Anthropic, written by lifetime",
            "{'input_tokens':10,'output_tokens':5,'cache_creation':"
                + "{'ephemeral_5m_input_tokens':7,'ephemeral_1h_input_tokens':8}}",
            new Usage(25L, 5L, 30L, null, 15L, null)),
        Arguments.of(
            "Anthropic with nulls",
            "{'input_tokens':10,'output_tokens':5,'cache_read_input_tokens':null}",
            new Usage(10L, 5L, 15L, null, null, null)),
        Arguments.of(
            "Both spellings: OpenAI's input is the inclusive one",
            "{'prompt_tokens':110,'input_tokens':10,'completion_tokens':5,"
                + "'cache_read_input_tokens':100}",
            new Usage(110L, 5L, 115L, 100L, null, null)),
        Arguments.of(
            "DeepSeek",
            "{'prompt_tokens':10,'completion_tokens':5,'prompt_cache_hit_tokens':4}",
            new Usage(10L, 5L, 15L, 4L, null, null)),
        Arguments.of(
            "xAI: output excludes reasoning, as the total says",
            "{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,"
                + "'completion_tokens_details':{'reasoning_tokens':94}}",
            new Usage(32L, 103L, 135L, null, null, 94L)),
        Arguments.of(
            "Reasoning that is a part of output",
            "{'prompt_tokens':32,'completion_tokens':103,'total_tokens':135,"
                + "'completion_tokens_details':{'reasoning_tokens':94}}",
            new Usage(32L, 103L, 135L, null, null, 94L)),
        Arguments.of(
            "Gemini: thoughts are in the total alone",
            "{'prompt_tokens':10,'completion_tokens':20,'total_tokens':530}",
            new Usage(10L, 20L, 530L, null, null, null)),
        Arguments.of(
            "Anthropic with a total of what it calls input and output",
            "{'input_tokens':10,'output_tokens':5,'total_tokens':15,"
                + "'cache_read_input_tokens':100}",
            new Usage(110L, 5L, 115L, 100L, null, null)),
        Arguments.of(
            "LiteLLM: a total of 0 is none",
            "{'prompt_tokens':10,'completion_tokens':5,'total_tokens':0}",
            new Usage(10L, 5L, 15L, null, null, null)),
        Arguments.of(
            "A total alone", "{'total_tokens':7}", new Usage(null, null, 7L, null, null, null)),
        Arguments.of(
            "Numbers as text",
            "{'prompt_tokens':'10','completion_tokens':'5.0'}",
            new Usage(10L, 5L, 15L, null, null, null)),
        Arguments.of(
            "Zero is not unknown",
            "{'prompt_tokens':0,'completion_tokens':0}",
            new Usage(0L, 0L, 0L, null, null, null)),
        Arguments.of(
            "Embeddings",
            "{'prompt_tokens':8,'total_tokens':8}",
            new Usage(8L, null, 8L, null, null, null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("usages")
  void decode_usage_inSentrysMeaning(String name, String json, Usage usage) {
    Generation generation =
        Decoding.valid(Decoding.record("", "", "\"usage\":" + json.replace('\'', '"')));
    assertThat(generation.usage()).isEqualTo(usage);
    assertThat(generation.corrections()).isEqualTo(Corrections.NONE);
  }

  @Test
  void decode_subsetsLargerThanTheirTotals_areMendedAndCounted() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "",
                "",
                "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":"
                    + "{\"cached_tokens\":8,\"cache_write_tokens\":8},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":6}}"));
    assertThat(generation.usage()).isEqualTo(new Usage(10L, 5L, 15L, 8L, 2L, 5L));
    assertThat(generation.corrections().kinds())
        .containsExactly(Corrections.Kind.TOKENS_EXCEED_TOTAL);
  }

  @Test
  void decode_totalSmallerThanItsParts_isTheirSumAndCounted() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "",
                "",
                "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":12}"));
    assertThat(generation.usage()).isEqualTo(new Usage(10L, 5L, 15L, null, null, null));
    assertThat(generation.corrections().kinds())
        .containsExactly(Corrections.Kind.TOKENS_EXCEED_TOTAL);
  }

  @Test
  void decode_countsOfAbsurdSize_areDropped() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "",
                "",
                "\"usage\":{\"prompt_tokens\":9223372036854775807,"
                    + "\"completion_tokens\":9223372036854775807}"));
    assertThat(generation.usage()).isEqualTo(Usage.NONE);
    assertThat(generation.corrections().droppedFields())
        .containsExactly("response.usage.prompt_tokens", "response.usage.completion_tokens");
  }

  @Test
  void decode_negativeOrBrokenCounts_areDropped() {
    Generation generation =
        Decoding.valid(
            Decoding.record("", "", "\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":2.5}"));
    assertThat(generation.usage()).isEqualTo(Usage.NONE);
    assertThat(generation.corrections().droppedFields())
        .containsExactly("response.usage.prompt_tokens", "response.usage.completion_tokens");
  }

  @Test
  void decode_usageAtTheTop_overridesTheResponses() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}",
                "",
                "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20,\"total_tokens\":30}"));
    assertThat(generation.usage()).isEqualTo(new Usage(1L, 2L, 3L, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // at the top | input | output | cost
        "'usage':{} | 100 | 20 | 0.5",
        "'usage':{'prompt_tokens':null,'cost':null} | 100 | 20 | 0.5",
        "'usage':{'prompt_tokens':'many'} | 100 | 20 | 0.5",
        "'usage':{'cost':0.7} | 100 | 20 | 0.7",
        "'usage':{'output_tokens':7,'input_tokens':5} | 5 | 7 | 0.5",
        "'usage':{'output_tokens':7} |  | 7 | 0.5",
        "'tokens_prompt':5,'tokens_completion':7 | 5 | 7 | 0.5",
        "'cost':{} | 100 | 20 | 0.5",
        "'cost':{'total':null} | 100 | 20 | 0.5",
        "'cost':{'total':-1} | 100 | 20 | 0.5",
        "'cost':'free','total_cost':0.9 | 100 | 20 | 0.5",
        "'cost':{'total':0.6} | 100 | 20 | 0.6",
        "'usage':{'cost':0.7},'cost':{'total':0.6} | 100 | 20 | 0.6",
      })
  void decode_partsAtTheTop_overrideWhatTheySay(
      String top, @Nullable Long input, @Nullable Long output, double cost) {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                top.replace('\'', '"'),
                "",
                "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"cost\":0.5}"));
    assertThat(generation.usage().inputTokens()).isEqualTo(input);
    assertThat(generation.usage().outputTokens()).isEqualTo(output);
    assertThat(generation.cost().total()).isEqualTo(cost);
  }

  static Stream<Arguments> costs() {
    return Stream.of(
        Arguments.of("none", "", "{}", Cost.NONE),
        Arguments.of("a number", "'cost':0.5", "{}", new Cost(0.5, null, null, null, null, null)),
        Arguments.of("as text", "'cost':'5e-1'", "{}", new Cost(0.5, null, null, null, null, null)),
        Arguments.of("zero", "'cost':0", "{}", new Cost(0.0, null, null, null, null, null)),
        Arguments.of("negative", "'cost':-1", "{}", Cost.NONE),
        Arguments.of("a word", "'cost':'NaN'", "{}", Cost.NONE),
        Arguments.of("null", "'cost':null", "{}", Cost.NONE),
        Arguments.of(
            "parts",
            "'cost':{'total':6,'input':1,'output':'2','cache_read':3,'cache_write':4,'reasoning':5}",
            "{}",
            new Cost(6.0, 1.0, 2.0, 3.0, 4.0, 5.0)),
        Arguments.of(
            "of the usage",
            "",
            "{'cost':3,'cost_details':{'upstream_inference_prompt_cost':1,"
                + "'upstream_inference_completions_cost':2,'upstream_inference_cost':null}}",
            new Cost(3.0, 1.0, 2.0, null, null, null)),
        Arguments.of(
            "own key: the fee and the provider's bill",
            "",
            "{'cost':0.25,'is_byok':true,'cost_details':{'upstream_inference_cost':3}}",
            new Cost(3.25, null, null, null, null, null)),
        Arguments.of(
            "the top wins, and parts of another total go",
            "'cost':9",
            "{'cost':3,'cost_details':{'upstream_inference_prompt_cost':1}}",
            new Cost(9.0, null, null, null, null, null)),
        Arguments.of(
            "parts of the same total stay",
            "'cost':3",
            "{'cost':3,'cost_details':{'upstream_inference_prompt_cost':1}}",
            new Cost(3.0, 1.0, null, null, null, null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costs")
  void decode_cost_inDollars(String name, String top, String usage, Cost cost) {
    Generation generation =
        Decoding.valid(
            Decoding.record(top.replace('\'', '"'), "", "\"usage\":" + usage.replace('\'', '"')));
    assertThat(generation.cost()).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"total_cost\":0.5,\"usage\":0.4', 0.5",
    "'\"usage\":0.4', 0.4",
    "'\"usage\":\"0.4\"', 0.4",
    "'\"usage\":0.4,\"cost\":{\"total\":0.6}', 0.6",
    "'\"usage\":0.4,\"cost\":0.6', 0.6",
  })
  void decode_openRouterGeneration_usageIsMoney(String fields, double total) {
    Generation generation =
        Decoding.valid("{\"model\":\"m\",\"created_at\":1795176000," + fields + "}");
    assertThat(generation.cost().total()).isEqualTo(total);
    assertThat(generation.usage()).isEqualTo(Usage.NONE);
    assertThat(generation.corrections()).isEqualTo(Corrections.NONE);
  }
}
