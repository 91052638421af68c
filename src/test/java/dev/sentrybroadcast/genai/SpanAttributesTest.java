package dev.sentrybroadcast.genai;

import static dev.sentrybroadcast.generation.GenerationBuilder.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SpanAttributesTest {

  @Test
  void generation_openRouterExample_hasEveryRowOfTheTable() {
    SpanData span = Trees.generation(Trees.tree(Generations.openRouterExample(), PrivacyMode.ON));
    assertThat(readable(span.getAttributes()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("sentry.op", "gen_ai.chat"),
                Map.entry("sentry.description", "Analyze Stack Trace"),
                Map.entry("sentry.origin", "auto.ai.sentry_broadcast"),
                Map.entry("sentry.environment", "production"),
                Map.entry("sentry.release", "v2.1.0"),
                Map.entry("user.id", "user_12345"),
                Map.entry("session.id", "session_abc"),
                Map.entry("gen_ai.conversation.id", "session_abc"),
                Map.entry("gen_ai.agent.name", "Error Analysis Agent"),
                Map.entry("trace.metadata.environment", "production"),
                Map.entry("trace.metadata.release", "v2.1.0"),
                Map.entry("trace.metadata.trace_id", "incident_investigation_001"),
                Map.entry("gen_ai.operation.name", "chat"),
                Map.entry("gen_ai.provider.name", "openai"),
                Map.entry("gen_ai.request.model", "openai/gpt-4o"),
                Map.entry("gen_ai.response.model", "gpt-4o-2024-08-06"),
                Map.entry("gen_ai.response.id", "chatcmpl-1"),
                Map.entry("gen_ai.response.finish_reasons", "[\"stop\"]"),
                Map.entry("gen_ai.response.streaming", true),
                Map.entry("gen_ai.response.time_to_first_chunk", 0.42),
                Map.entry("gen_ai.usage.input_tokens", 812L),
                Map.entry("gen_ai.usage.output_tokens", 96L),
                Map.entry("gen_ai.usage.total_tokens", 908L),
                Map.entry("gen_ai.usage.cache_read.input_tokens", 512L),
                Map.entry("gen_ai.usage.input_tokens.cached", 512L),
                Map.entry("gen_ai.usage.reasoning.output_tokens", 0L),
                Map.entry("gen_ai.usage.output_tokens.reasoning", 0L),
                Map.entry("gen_ai.cost.total_tokens", 0.00213),
                Map.entry("broadcast.record.id", "gen-1763640000-8f3a"),
                Map.entry("broadcast.key.name", "checkout-service")));
  }

  @Test
  void common_attributes_areOnEverySpan() {
    for (SpanData span : Trees.spans(Generations.everything("x"))) {
      assertThat(readable(span.getAttributes()))
          .containsEntry("sentry.origin", "auto.ai.sentry_broadcast")
          .containsEntry("sentry.environment", "staging")
          .containsEntry("sentry.release", "v3")
          .containsEntry("user.id", "user_1")
          .containsEntry("session.id", "session/1")
          .containsEntry("gen_ai.agent.name", "support")
          .containsEntry("trace.metadata.feature", "tickets")
          .containsEntry("trace.metadata.attempt.count", 3L)
          .containsEntry("trace.metadata.score", 0.5)
          .containsEntry("trace.metadata.beta", true)
          .doesNotContainKey("trace.metadata.trace_id")
          .doesNotContainKey("trace.metadata.parent_span_id");
    }
  }

  @Test
  void conversation_stepsAndAttempts_areNotPartOfIt() {
    assertThat(Trees.spans(Generations.everything("x").session("s")))
        .extracting(span -> Trees.text(span, "gen_ai.conversation.id"))
        .containsExactly("s", null, "s", null, null, "s");
  }

  @Test
  void conversation_sessionUnfitForAUrl_isHashed() {
    assertThat(Trees.attribute(Generations.of("g").session("a/b"), SpanAttributes.CONVERSATION_ID))
        .isEqualTo("c14cddc033f64b9dea80ea675cf280a015e672516090a5626781153dc68fea11");
    String longest = "a".repeat(128);
    assertThat(
            Trees.attribute(Generations.of("g").session(longest), SpanAttributes.CONVERSATION_ID))
        .isEqualTo(longest);
    assertThat(
            Trees.attribute(
                Generations.of("g").session(longest + "a"), SpanAttributes.CONVERSATION_ID))
        .hasSize(64);
  }

  @Test
  void conversation_longSessionsThatDifferAtTheEnd_areDifferent() {
    String start = "s".repeat(5_000);
    assertThat(
            Trees.attribute(
                Generations.of("g").session(start + "1"), SpanAttributes.CONVERSATION_ID))
        .isNotEqualTo(
            Trees.attribute(
                Generations.of("g").session(start + "2"), SpanAttributes.CONVERSATION_ID));
  }

  @Test
  void parentSpanId_thatIsNone_isKeptAsMetadata() {
    SpanData span = Trees.generation(Generations.of("g").parentSpanId("step-7"));
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(Trees.text(span, "trace.metadata.parent_span_id")).isEqualTo("step-7");
  }

  @Test
  void metadata_tooManyOrTooLong_isBounded() {
    GenerationBuilder generation = Generations.of("g");
    for (int i = 0; i < 100; i++) {
      generation.metadata(i + "k".repeat(300), new Scalar.Text("v".repeat(5_000)));
    }
    Map<String, Object> metadata = readable(Trees.generation(generation).getAttributes());
    metadata.keySet().removeIf(key -> !key.startsWith("trace.metadata."));
    assertThat(metadata).hasSize(64);
    assertThat(metadata.keySet()).allMatch(key -> key.length() == 15 + 200);
    assertThat(metadata.values()).allMatch(value -> ((String) value).length() == 4_096);
  }

  @Test
  void environmentAndRelease_areAsLongAsOfSentrysEvents() {
    SpanData span =
        Trees.generation(Generations.of("g").environment("e".repeat(300)).release("r".repeat(300)));
    assertThat(Trees.text(span, "sentry.environment")).hasSize(64);
    assertThat(Trees.text(span, "sentry.release")).hasSize(250);
    assertThat(span.getResource().getAttributes().get(SpanAttributes.DEPLOYMENT_ENVIRONMENT))
        .isNotNull()
        .hasSize(64);
  }

  @Test
  void text_longOrBroken_isBoundedAndClean() {
    Caller caller = new Caller("u".repeat(2_000), "s\0\uD800", null, null);
    SpanData span = Trees.generation(Generations.of("g").caller(caller));
    assertThat(Trees.text(span, "user.id")).hasSize(1_000);
    assertThat(Trees.text(span, "session.id")).isEqualTo("s\uFFFD\uFFFD");
  }

  @Test
  void numbers_notFinite_areLeftOut() {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    SpanData span =
        Trees.generation(
            Generations.of("g")
                .parameters(
                    new RequestParameters(
                        nan, infinite, null, null, null, null, null, null, null, null))
                .cost(new Cost(nan, infinite, null, null, null, null))
                .metadata("ratio", new Scalar.Decimal(nan)));
    assertThat(readable(span.getAttributes()).keySet())
        .noneMatch(key -> key.startsWith("gen_ai.cost."))
        .doesNotContain(
            "gen_ai.request.temperature", "gen_ai.request.top_p", "trace.metadata.ratio");
  }

  @Test
  void usageAndCost_unknown_areLeftOut_andZeroIsSent() {
    SpanData unknown = Trees.generation(Generations.of("g"));
    assertThat(readable(unknown.getAttributes()).keySet())
        .noneMatch(key -> key.startsWith("gen_ai.usage.") || key.startsWith("gen_ai.cost."));
    SpanData zero =
        Trees.generation(
            Generations.of("g")
                .usage(new Usage(0L, 0L, 0L, 0L, 0L, 0L))
                .cost(new Cost(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)));
    assertThat(readable(zero.getAttributes()))
        .containsEntry("gen_ai.usage.input_tokens", 0L)
        .containsEntry("gen_ai.cost.total_tokens", 0.0);
  }

  @Test
  void totals_notGiven_areTheSumOfTheirParts() {
    SpanData span =
        Trees.generation(
            Generations.of("g")
                .usage(new Usage(7L, 5L, null, null, null, null))
                .cost(new Cost(null, 0.25, 0.5, null, null, null)));
    assertThat(readable(span.getAttributes()))
        .containsEntry("gen_ai.usage.total_tokens", 12L)
        .containsEntry("gen_ai.cost.total_tokens", 0.75);
  }

  @Test
  void usage_olderSpellings_haveEqualValues() {
    SpanData span = Trees.generation(Generations.everything("x"));
    assertThat(readable(span.getAttributes()))
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 60L)
        .containsEntry("gen_ai.usage.input_tokens.cached", 60L)
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 20L)
        .containsEntry("gen_ai.usage.input_tokens.cache_write", 20L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 10L)
        .containsEntry("gen_ai.usage.output_tokens.reasoning", 10L);
  }

  @Test
  void responseModel_notKnown_isTheOneAskedFor() {
    GenerationBuilder generation = Generations.of("g").model(null, "gpt-4o", null);
    assertThat(Trees.attribute(generation, SpanAttributes.RESPONSE_MODEL)).isEqualTo("gpt-4o");
    assertThat(Trees.attribute(generation, SpanAttributes.PROVIDER_NAME)).isNull();
  }

  @Test
  void finishReasons_areJsonText() {
    GenerationBuilder generation =
        Generations.of("g")
            .outcome(new Outcome(null, List.of("stop", "a\"b"), null, null, false, null));
    assertThat(Trees.attribute(generation, SpanAttributes.RESPONSE_FINISH_REASONS))
        .isEqualTo("[\"stop\",\"a\\\"b\"]");
  }

  @Test
  void timeToFirstChunk_isInSeconds() {
    GenerationBuilder generation =
        Generations.of("g").timing(new Timing(START, START + 10, START + 1_500_000_000L));
    assertThat(Trees.attribute(generation, SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK))
        .isEqualTo(1.5);
  }

  @ParameterizedTest
  @EnumSource(ApiType.class)
  void operation_everyApiType_hasAnOpThatSentryLists(ApiType type) {
    String op = "gen_ai." + SpanRole.of(type).name();
    assertThat(Conventions.ops()).contains(op);
    SpanData span = Trees.generation(Generations.of("g").apiType(type));
    assertThat(Trees.text(span, "sentry.op")).isEqualTo(op);
    assertThat(span.getName()).startsWith(SpanRole.of(type).name() + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenAI, openai",
    "anthropic, anthropic",
    "Amazon Bedrock, aws.bedrock",
    "bedrock, aws.bedrock",
    "aws.bedrock, aws.bedrock",
    "Azure, azure.ai.openai",
    "azure_ai, azure.ai.inference",
    "Google AI Studio, gcp.gemini",
    "gemini, gcp.gemini",
    "vertex_ai, gcp.vertex_ai",
    "Google Vertex, gcp.vertex_ai",
    "google, gcp.gen_ai",
    "mistralai, mistral_ai",
    "x-ai, x_ai",
    "xAI, x_ai",
    "DeepSeek, deepseek",
    "watsonx, ibm.watsonx.ai",
    "Together, together",
    "My Own Gateway, my own gateway"
  })
  void provider_isInTheConventionsSpelling(String given, String sent) {
    assertThat(
            Trees.attribute(
                Generations.of("g").model(given, "m", "m"), SpanAttributes.PROVIDER_NAME))
        .isEqualTo(sent);
  }

  private static Map<String, Object> readable(Attributes attributes) {
    Map<String, Object> map = new TreeMap<>();
    attributes.forEach((AttributeKey<?> key, Object value) -> map.put(key.getKey(), value));
    return map;
  }
}
