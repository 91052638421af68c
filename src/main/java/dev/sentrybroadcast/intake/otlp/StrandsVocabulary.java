package dev.sentrybroadcast.intake.otlp;

import java.util.stream.Stream;

/**
 * Strands Agents, in Python and JavaScript: the conventions, with messages in span events.
 *
 * @see <a
 *     href="https://strandsagents.com/latest/documentation/docs/user-guide/observability-evaluation/traces/">Traces</a>
 */
final class StrandsVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.FIRST_TOKEN_MILLIS, "gen_ai.server.time_to_first_token")
          .with(Field.SYSTEM, "gen_ai.system_instructions", "system_prompt");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("strands")
        || Stream.of("gen_ai.system", "gen_ai.provider.name")
            .anyMatch(name -> "strands-agents".equals(span.text(name)));
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  /** It passes on what Anthropic and Bedrock count. */
  @Override
  public boolean countsCacheApart(OtlpSpan span) {
    String model = span.text("gen_ai.request.model");
    return model != null && (model.contains("claude") || model.contains("amazon.nova"));
  }
}
