package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;

/**
 * Spring AI. Its chat clients, advisors and the tools of version 1 have the operation {@code
 * framework}; a failed call has the response model {@code none}.
 *
 * @see <a
 *     href="https://docs.spring.io/spring-ai/reference/observability/index.html">Observability</a>
 */
final class SpringAiVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.SESSION, "spring.ai.chat.client.conversation.id")
          .with(Field.TOOL_NAME, "spring.ai.tool.definition.name")
          .with(Field.TOOL_DESCRIPTION, "spring.ai.tool.definition.description")
          .with(Field.TOOL_CALL_ID, "spring.ai.tool.call.id")
          .with(Field.TOOL_ARGUMENTS, "spring.ai.tool.call.arguments")
          .with(Field.TOOL_RESULT, "spring.ai.tool.call.result")
          // A streamed call of a tool loop has the id of the last one.
          .only(Field.RESPONSE_ID);

  private static final Names WITHOUT_RESPONSE = NAMES.only(Field.RESPONSE_MODEL);

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("org.springframework.") || span.hasAny("spring.ai.");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    return switch (span.word("", "spring.ai.kind")) {
      case "tool_call" -> SpanRole.TOOL;
      case "" ->
          span.has("spring.ai.tool.definition.name") ? SpanRole.TOOL : Conventions.roleOf(span);
      default -> SpanRole.step(span.word("framework", "spring.ai.kind"));
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return "none".equals(span.text("gen_ai.response.model")) ? WITHOUT_RESPONSE : NAMES;
  }

  @Override
  public Set<String> harmless() {
    return Set.of("spring.ai.kind");
  }
}
