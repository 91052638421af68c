package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.ToolExecution;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GenerationSpansTest {

  private static final ToolExecution TOOL =
      new ToolExecution("c1", "search", null, null, null, null, null);

  @Test
  void spans_bareRecord_isOneRoot() {
    List<SpanData> spans = Trees.spans(Generations.of("g"));
    assertThat(spans).hasSize(1);
    assertThat(spans.getFirst().getName()).isEqualTo("chat openai/gpt-4o");
    assertThat(spans.getFirst().getParentSpanContext().isValid()).isFalse();
    assertThat(spans.getFirst().getKind()).isEqualTo(SpanKind.CLIENT);
  }

  @Test
  void spans_everything_isTheWholeTreeRootFirst() {
    List<SpanData> spans = Trees.spans(Generations.everything("x"));
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly(
            "Support Agent",
            "Answer ticket",
            "Draft answer",
            "attempt 1 OpenAI",
            "attempt 2 Mistral",
            "execute_tool search");
    assertThat(spans)
        .extracting(SpanData::getParentSpanId)
        .containsExactly(
            "00f067aa0ba902b7",
            spans.get(0).getSpanId(),
            spans.get(1).getSpanId(),
            spans.get(2).getSpanId(),
            spans.get(2).getSpanId(),
            spans.get(1).getSpanId());
    assertThat(spans)
        .extracting(span -> Trees.text(span, "sentry.op"))
        .containsExactly(
            "gen_ai.invoke_agent",
            "function",
            "gen_ai.chat",
            "http.client",
            "http.client",
            "gen_ai.execute_tool");
    assertThat(spans)
        .extracting(SpanData::getKind)
        .containsExactly(
            SpanKind.INTERNAL,
            SpanKind.INTERNAL,
            SpanKind.CLIENT,
            SpanKind.CLIENT,
            SpanKind.CLIENT,
            SpanKind.INTERNAL);
  }

  @Test
  void spans_idsOfTheTree_followTheRule() {
    Generation generation = Generations.everything("x").build();
    SpanIds ids = SpanIds.of(generation);
    List<SpanData> spans = Trees.tree(generation, PrivacyMode.ON).spans();
    assertThat(spans)
        .extracting(SpanData::getSpanId)
        .containsExactly(
            ids.spanId("root"),
            ids.spanId("span"),
            ids.spanId("generation"),
            ids.spanId("attempt:1"),
            ids.spanId("attempt:2"),
            ids.spanId("tool:1"));
    assertThat(spans)
        .allSatisfy(span -> {
          assertThat(span.getTraceId()).isEqualTo("6f9619ff8b86d011b42d00cf4fc964ff");
          assertThat(span.getSpanContext().isSampled()).isTrue();
          assertThat(span.getSpanContext().isRemote()).isFalse();
          assertThat(span.getParentSpanContext().isRemote()).isFalse();
        });
  }

  @Test
  void spans_agentNameAlone_isAnAgentNamedAsTheConventionSays() {
    SpanData root = Trees.spans(Generations.of("g").agentName("support")).getFirst();
    assertThat(root.getName()).isEqualTo("invoke_agent support");
  }

  @Test
  void spans_stepWithoutAgent_isTheTopmost() {
    List<SpanData> spans = Trees.spans(Generations.of("g").spanName("step").tool(TOOL));
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("step", "chat openai/gpt-4o", "execute_tool search");
    assertThat(spans.get(2).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
  }

  @Test
  void spans_toolWithoutWrapper_hangsUnderTheGeneration() {
    List<SpanData> spans = Trees.spans(Generations.of("g").parentSpanId("1").tool(TOOL));
    assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
  }

  @Test
  void spans_oneAttemptThatAnswered_isNotShown() {
    Attempt ok = new Attempt("OpenAI", null, 200, null, null);
    assertThat(Trees.spans(Generations.of("g").attempt(ok))).hasSize(1);
    assertThat(Trees.spans(Generations.of("g").attempt(ok).attempt(ok))).hasSize(3);
    Attempt failed = new Attempt("OpenAI", null, 500, null, new Failure("500", 500, null));
    SpanData span = Trees.spans(Generations.of("g").attempt(failed)).get(1);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(Trees.text(span, "error.type")).isEqualTo("500");
  }

  @Test
  void names_long_areCutOnACodePointAndKeptOnOneLine() {
    String smile = "\uD83D\uDE00";
    SpanData span =
        Trees.generation(Generations.of("g").generationName("a\nb\0" + smile.repeat(120)));
    assertThat(span.getName()).isEqualTo("a b " + smile.repeat(98));
    SpanData odd = Trees.generation(Generations.of("g").generationName("a" + smile.repeat(120)));
    assertThat(odd.getName()).isEqualTo("a" + smile.repeat(99));
    SpanData lone = Trees.generation(Generations.of("g").generationName("a\uD83Db"));
    assertThat(lone.getName()).isEqualTo("a\uFFFDb");
  }

  @Test
  void wrappersAndAttempts_areNoCallsToSentry() {
    for (SpanData span : Trees.spans(Generations.everything("x"))) {
      String op = Trees.text(span, "sentry.op");
      if (!"gen_ai.chat".equals(op)) {
        assertThat(span.getAttributes().asMap().keySet())
            .extracting(AttributeKey::getKey)
            .noneMatch(key -> key.startsWith("gen_ai.usage.") || key.startsWith("gen_ai.cost."))
            .noneMatch(key -> key.endsWith(".messages"));
      }
      if ("function".equals(op) || "http.client".equals(op)) {
        assertThat(Trees.text(span, "gen_ai.operation.name")).isNull();
      }
    }
  }

  @Test
  void spanData_keepsTheExportersRules() {
    List<SpanData> spans = Trees.spans(Generations.everything("x"));
    for (SpanData span : spans) {
      assertThat(span.getTotalAttributeCount()).isEqualTo(span.getAttributes().size());
      assertThat(span.getResource()).isSameAs(spans.getFirst().getResource());
      assertThat(span.getInstrumentationScopeInfo())
          .isSameAs(spans.getFirst().getInstrumentationScopeInfo());
      assertThat(span.getEvents()).isEmpty();
      assertThat(span.getLinks()).isEmpty();
      assertThat(span.hasEnded()).isTrue();
      assertThat(span.toString())
          .isEqualTo("BroadcastSpan[" + span.getTraceId() + "/" + span.getSpanId() + "]");
    }
    assertThatThrownBy(() -> libraryInfo(spans.getFirst()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void resource_saysServiceAndEnvironment() {
    SpanData span = Trees.generation(Generations.of("g").environment("production"));
    assertThat(span.getResource().getAttributes())
        .isEqualTo(
            Attributes.of(
                AttributeKey.stringKey("service.name"), "sentry-broadcast",
                AttributeKey.stringKey("service.version"), "1.2.3",
                AttributeKey.stringKey("telemetry.sdk.language"), "java",
                AttributeKey.stringKey("deployment.environment.name"), "production"));
    assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("sentry-broadcast");
    assertThat(span.getInstrumentationScopeInfo().getVersion()).isEqualTo("1.2.3");
  }

  @Test
  void resource_endlesslyManyEnvironments_areEqualAndForgotten() {
    for (int i = 0; i < 200; i++) {
      SpanData one = Trees.generation(Generations.of("g").environment("e" + i));
      SpanData two = Trees.generation(Generations.of("g").environment("e" + i));
      assertThat(one.getResource()).isEqualTo(two.getResource());
    }
  }

  @Test
  void spans_sameRecordTwice_areTheSameBytes() throws IOException {
    for (PrivacyMode mode : PrivacyMode.values()) {
      assertThat(bytes(Generations.everything("x").build(), mode))
          .isEqualTo(bytes(Generations.everything("x").build(), mode));
    }
  }

  private static byte[] bytes(Generation generation, PrivacyMode mode) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GenerationSpans fresh = new GenerationSpans("service", "1");
    TraceRequestMarshaler.create(fresh.spans(generation, mode, Trees.LIMITS).spans())
        .writeBinaryTo(out);
    return out.toByteArray();
  }

  @SuppressWarnings("deprecation") // that it throws is what is tested
  private static void libraryInfo(SpanData span) {
    span.getInstrumentationLibraryInfo();
  }
}
