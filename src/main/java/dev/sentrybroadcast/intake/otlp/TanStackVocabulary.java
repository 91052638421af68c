package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;

/**
 * TanStack AI. Its root span has the sums of its calls and no operation; a tool's arguments and
 * result are the content of one message each.
 *
 * @see <a href="https://tanstack.com/ai/latest/docs">TanStack AI</a>
 */
final class TanStackVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.INPUT, "gen_ai.input.messages", "langfuse.observation.input")
          .with(Field.OUTPUT, "gen_ai.output.messages", "langfuse.observation.output");

  private static final Names TOOL =
      Conventions.NAMES
          .with(Field.TOOL_ARGUMENTS, "gen_ai.input.messages/", "langfuse.observation.input/")
          .with(Field.TOOL_RESULT, "gen_ai.output.messages/", "langfuse.observation.output/");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.hasAny("tanstack.ai.");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    if (span.has("gen_ai.operation.name")) {
      return Conventions.roleOf(span);
    }
    return isTool(span) ? SpanRole.TOOL : SpanRole.step("run");
  }

  @Override
  public Names names(OtlpSpan span) {
    return isTool(span) ? TOOL : NAMES;
  }

  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    boolean isTool = field == Field.TOOL_ARGUMENTS || field == Field.TOOL_RESULT;
    JsonValue only =
        isTool && JsonValue.items(value).size() == 1 ? JsonValue.items(value).getFirst() : value;
    JsonValue said = JsonObject.of(only).get("content");
    return isTool && said != null ? said : value;
  }

  private static boolean isTool(OtlpSpan span) {
    return !span.has("gen_ai.operation.name") && span.has("gen_ai.tool.name");
  }
}
