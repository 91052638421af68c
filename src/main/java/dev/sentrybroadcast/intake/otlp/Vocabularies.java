package dev.sentrybroadcast.intake.otlp;

import java.util.List;

/** The known vocabularies. */
final class Vocabularies {

  /** The first one that matches a span reads it; the last one matches every span. */
  private static final List<Vocabulary> ALL =
      List.of(
          Frameworks.AJOLOPY,
          Frameworks.SPRING_AI,
          JavaScriptFrameworks.TAN_STACK,
          JavaScriptFrameworks.VERCEL_AI,
          Frameworks.CLAUDE_CODE,
          JavaScriptFrameworks.GENKIT,
          JavaScriptFrameworks.MASTRA,
          Gateways.OPEN_ROUTER,
          OpenInference.VOCABULARY,
          Frameworks.PYDANTIC_AI,
          Instrumentations.LOGFIRE,
          TracingTools.LANGFUSE,
          TracingTools.LANG_SMITH,
          TracingTools.MLFLOW,
          Gateways.LITE_LLM,
          Frameworks.STRANDS,
          Frameworks.GOOGLE_ADK,
          Instrumentations.TRACELOOP,
          Vocabulary.of(_ -> true));

  private Vocabularies() {}

  static Vocabulary of(OtlpSpan span) {
    return ALL.stream()
        .filter(vocabulary -> vocabulary.family.test(span))
        .findFirst()
        .orElseThrow();
  }
}
