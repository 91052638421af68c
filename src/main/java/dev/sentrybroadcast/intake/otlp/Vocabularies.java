package dev.sentrybroadcast.intake.otlp;

import java.util.List;

/** The known vocabularies. */
final class Vocabularies {

  /** The first one that matches a span reads it; the last one matches every span. */
  private static final List<Vocabulary> ALL =
      List.of(
          new AjolopyVocabulary(),
          new SpringAiVocabulary(),
          new TanStackVocabulary(),
          new VercelAiVocabulary(),
          new ClaudeCodeVocabulary(),
          new GenkitVocabulary(),
          new MastraVocabulary(),
          new OpenRouterVocabulary(),
          new OpenInferenceVocabulary(),
          new PydanticAiVocabulary(),
          new LogfireVocabulary(),
          new LangfuseVocabulary(),
          new LangSmithVocabulary(),
          new MlflowVocabulary(),
          new LiteLlmVocabulary(),
          new StrandsVocabulary(),
          new GoogleAdkVocabulary(),
          new TraceloopVocabulary(),
          new Conventions());

  private Vocabularies() {}

  static Vocabulary of(OtlpSpan span) {
    return ALL.stream().filter(vocabulary -> vocabulary.matches(span)).findFirst().orElseThrow();
  }
}
