package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Langfuse's SDKs in Python (from version 3) and JavaScript (from version 4), with their wrappers
 * of OpenAI and LangChain.
 *
 * @see <a href="https://langfuse.com/integrations/native/opentelemetry">Attributes</a>
 */
final class LangfuseVocabulary implements Vocabulary {

  private static final String SPAN = "langfuse.observation.";
  private static final String USAGE = SPAN + "usage_details/";
  private static final String METADATA = SPAN + "metadata.";

  private static final Names COMMON =
      Conventions.NAMES
          .usage(USAGE)
          .with(Field.COST, SPAN + "cost_details/total")
          .with(Field.INPUT_COST, SPAN + "cost_details/input")
          .with(Field.OUTPUT_COST, SPAN + "cost_details/output")
          .with(Field.INPUT, SPAN + "input")
          .with(Field.OUTPUT, SPAN + "output")
          .with(Field.ERROR_MESSAGE, SPAN + "status_message")
          .with(Field.USER, "user.id", "langfuse.user.id")
          .with(Field.SESSION, "session.id", "langfuse.session.id")
          .with(Field.ENVIRONMENT, "langfuse.environment")
          .with(Field.RELEASE, "langfuse.release");

  private static final Names CALL =
      COMMON
          .parameters(SPAN + "model.parameters/")
          .with(Field.PROVIDER, METADATA + "ls_provider/")
          .with(Field.REQUEST_MODEL, METADATA + "ls_model_name/", SPAN + "model.name")
          .with(Field.RESPONSE_MODEL, SPAN + "model.name")
          .with(Field.FIRST_TOKEN_TIME, SPAN + "completion_start_time")
          .with(Field.SYSTEM, METADATA + "instructions")
          .with(
              Field.TOOL_DEFINITIONS,
              "gen_ai.tool.definitions",
              SPAN + "input/tools",
              METADATA + "tools");

  private static final Names EMBEDDINGS = CALL.ofEmbeddings(SPAN + "input");

  private static final Names TOOL =
      COMMON
          .ofTool(SPAN + "input", SPAN + "output")
          .with(Field.TOOL_CALL_ID, METADATA + "tool_call_id/");

  /** TanStack AI writes the same attributes beside its own. */
  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("langfuse-sdk")
        || (span.text(SPAN + "type") != null && !span.hasAny("tanstack."));
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    String type = span.word("span", SPAN + "type");
    return switch (type) {
      case "generation" -> Operations.callOf(span.text(SPAN + "model.name"));
      case "embedding" -> SpanRole.EMBEDDINGS;
      case "tool" -> SpanRole.TOOL;
      case "agent" -> SpanRole.AGENT;
      default -> SpanRole.step(type);
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return Names.of(role(span), CALL, EMBEDDINGS, TOOL, COMMON);
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    return field == Field.INPUT || field == Field.TOOL_ARGUMENTS ? Json.arguments(value) : value;
  }

  /** In its own names; the provider's names keep the provider's meaning. */
  @Override
  public boolean countsCacheApart(OtlpSpan span) {
    return span.has(USAGE + "input");
  }

  @Override
  public boolean countsReasoningApart(OtlpSpan span) {
    return span.has(USAGE + "output");
  }

  @Override
  public boolean failed(OtlpSpan span) {
    return span.hasErrorStatus() || "ERROR".equals(span.text(SPAN + "level"));
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    return role.is(SpanRole.Type.AGENT) || role.is(SpanRole.Type.TOOL) ? span.name() : null;
  }
}
