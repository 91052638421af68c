package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;

/**
 * OpenRouter's Broadcast. It names the model's author as provider, and who served it in its
 * metadata.
 *
 * @see <a href="https://openrouter.ai/docs/guides/features/broadcast/webhook">Webhook</a>
 */
final class OpenRouterVocabulary implements Vocabulary {

  private static final String METADATA = "trace.metadata.openrouter.";

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.PROVIDER, METADATA + "provider_name")
          .with(Field.NATIVE_FINISH_REASON, METADATA + "finish_reason")
          .with(Field.STREAMED, "trace.metadata.openrouter_generation.streamed")
          .with(Field.FIRST_TOKEN_MILLIS, METADATA + "first_token_ms")
          .with(Field.INPUT, "gen_ai.prompt", "span.input", "trace.input")
          .with(Field.OUTPUT, "gen_ai.completion", "span.output", "trace.output")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.completion/rawRequest/tools")
          .with(Field.HTTP_STATUS, "span.metadata.status")
          .with(Field.API_KEY_NAME, METADATA + "api_key_name")
          .with(Field.APP_NAME, "trace.metadata.openrouter_generation.app.title");

  @Override
  public boolean matches(OtlpSpan span) {
    return "openrouter".equals(span.scope()) || span.text(METADATA + "source") != null;
  }

  /** It marks the upstreams that it tried by their response's id. */
  @Override
  public SpanRole role(OtlpSpan span) {
    String id = span.text("gen_ai.response.id");
    if (id != null && id.contains(":attempt-")) {
      return SpanRole.ATTEMPT;
    }
    SpanRole role = Conventions.roleOf(span);
    return role.is(SpanRole.Type.STEP) && Conventions.saysModel(span) ? SpanRole.CHAT : role;
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }
}
