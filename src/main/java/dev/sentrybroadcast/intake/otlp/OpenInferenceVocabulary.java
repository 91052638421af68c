package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;

/**
 * OpenInference.
 *
 * @see <a
 *     href="https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md">Semantic
 *     conventions</a>
 */
final class OpenInferenceVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.TOOL_ARGUMENTS, "input.value")
          .with(Field.TOOL_RESULT, "output.value");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.text("openinference.span.kind") != null;
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    return "TOOL".equals(span.text("openinference.span.kind"))
        ? SpanRole.TOOL
        : Conventions.roleOf(span);
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }
}
