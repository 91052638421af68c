package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;

/**
 * Pydantic AI, all versions of its format. Version 1 has the messages as a list of events.
 *
 * @see <a
 *     href="https://ai.pydantic.dev/logfire/#opentelemetry-semantic-conventions">Conventions</a>
 */
final class PydanticAiVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.AGENT_NAME, "agent_name")
          .with(Field.INPUT, "gen_ai.input.messages", "events/", "pydantic_ai.all_messages")
          .with(Field.OUTPUT, "gen_ai.output.messages", "events/", "final_result")
          .with(
              Field.TOOL_DEFINITIONS,
              "gen_ai.tool.definitions",
              "model_request_parameters/function_tools")
          .with(Field.TOOL_ARGUMENTS, "tool_arguments")
          .with(Field.TOOL_RESULT, "tool_response")
          .with(Field.EMBEDDINGS_INPUT, "inputs");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("pydantic-ai");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    return switch (span.name()) {
      case "agent run" -> SpanRole.AGENT;
      case "running tool" -> SpanRole.TOOL;
      default -> Conventions.roleOf(span);
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return span.has("all_messages_events")
        ? NAMES.with(Field.INPUT, "all_messages_events/")
        : NAMES;
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    List<JsonObject> items = JsonValue.items(value).stream().map(JsonObject::of).toList();
    return items.stream().anyMatch(item -> item.has("event.name"))
        ? Json.array(SpanEvents.messages(items, field == Field.OUTPUT))
        : value;
  }
}
