package dev.sentrybroadcast.intake.otlp;

import java.util.List;

/**
 * OpenInference's tools, whose arguments and result stand under the names that other spans have for
 * their input and output.
 *
 * @see <a
 *     href="https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md">Semantic
 *     conventions</a>
 */
final class OpenInferenceVocabulary implements Vocabulary {

  private static final AttributeNames TOOL =
      GenAiVocabulary.NAMES.ofTool(
          List.of("input.value", "gen_ai.tool.input"),
          List.of("output.value", "gen_ai.tool.output"));

  @Override
  public boolean matches(OtlpSpan span) {
    return "TOOL".equals(span.attributes().text("openinference.span.kind"));
  }

  @Override
  public SpanValues read(OtlpSpan span) {
    return TOOL.read(span);
  }
}
