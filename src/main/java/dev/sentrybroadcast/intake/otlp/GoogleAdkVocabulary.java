package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google's Agent Development Kit, in Python, JavaScript and Java: whole requests and responses of
 * Gemini beside some of the conventions' names.
 *
 * @see <a href="https://google.github.io/adk-docs/observability/traces/">Traces</a>
 */
final class GoogleAdkVocabulary implements Vocabulary {

  private static final String PREFIX = "gcp.vertex.agent.";
  private static final String REQUEST = PREFIX + "llm_request";
  private static final String RESPONSE = PREFIX + "llm_response";

  private static final Names COMMON =
      Conventions.NAMES
          .with(Field.SESSION, "gen_ai.conversation.id", PREFIX + "session_id")
          .with(Field.TOOL_CALL_ID, "gen_ai.tool_call.id")
          .with(Field.TOOL_ARGUMENTS, PREFIX + "tool_call_args")
          .with(Field.TOOL_RESULT, PREFIX + "tool_response");

  private static final Names CALL =
      COMMON
          .parameters(REQUEST + "/config/")
          .with(Field.REQUEST_MODEL, "gen_ai.request.model", REQUEST + "/model")
          .under(RESPONSE, Field.RESPONSE_MODEL, "/modelVersion", "/model_version")
          .with(Field.RESPONSE_MODEL, "gen_ai.response.model")
          .finishReasons(RESPONSE + "/")
          .with(Field.FINISH_REASONS, "gen_ai.response.finish_reasons")
          .usage(RESPONSE + "/usageMetadata/")
          .usage(RESPONSE + "/usage_metadata/")
          .with(Field.INPUT, "gen_ai.input.messages", REQUEST)
          .with(Field.OUTPUT, "gen_ai.output.messages", RESPONSE)
          .under(REQUEST + "/config/", Field.SYSTEM, "systemInstruction", "system_instruction")
          .with(Field.SYSTEM, "gen_ai.system_instructions")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.tool.definitions", REQUEST + "/config/tools");

  private static final Pattern AGENT = Pattern.compile("agent_run \\[(.+)]");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("gcp.vertex.agent");
  }

  /** A call that failed has only its name. */
  @Override
  public SpanRole role(OtlpSpan span) {
    if (AGENT.matcher(span.name()).matches()) {
      return SpanRole.AGENT;
    }
    if (span.name().equals("call_llm")) {
      return SpanRole.CHAT;
    }
    // The results of parallel calls, put together.
    return span.name().equals("execute_tool (merged)")
        ? SpanRole.step("execute_tools")
        : Conventions.roleOf(span);
  }

  @Override
  public Names names(OtlpSpan span) {
    return role(span).is(SpanRole.Type.MODEL_CALL) ? CALL : COMMON;
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    JsonObject body = JsonObject.of(Json.inText(value));
    return switch (field) {
      case INPUT -> Json.inner(body.isEmpty() ? Json.object("contents", value) : body, "contents");
      case OUTPUT -> body.has("content") ? Json.array(List.of(body.object("content"))) : value;
      case SYSTEM -> body.has("parts") ? Json.inner(body, "parts") : value;
      default -> value;
    };
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    Matcher agent = AGENT.matcher(span.name());
    return agent.matches() ? agent.group(1) : Conventions.afterOperation(span.name(), role);
  }
}
