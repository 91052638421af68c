package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.SpanRole.Type;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traceloop's OpenLLMetry, in Python and JavaScript: the conventions, with a kind and an entity on
 * the spans of its decorators and of frameworks.
 *
 * @see <a href="https://www.traceloop.com/docs/openllmetry/contributing/semantic-conventions">Semantic
 *     conventions</a>
 */
final class TraceloopVocabulary implements Vocabulary {

  private static final String KIND = "traceloop.span.kind";
  private static final String ENTITY = "traceloop.entity.";
  private static final String PROPERTIES = "traceloop.association.properties.";

  private static final Names NAMES =
      Conventions.NAMES
          .with(
              Field.SESSION,
              "gen_ai.conversation.id",
              "session.id",
              PROPERTIES + "session_id",
              PROPERTIES + "thread_id")
          .with(Field.USER, "user.id", PROPERTIES + "user_id")
          .with(Field.ENVIRONMENT, PROPERTIES + "environment");

  private static final Names AGENT =
      NAMES
          .only(Field.AGENT_NAME, "gen_ai.agent.name", "crewai.agent.role", ENTITY + "name")
          .only(Field.INPUT, "gen_ai.input.messages", ENTITY + "input")
          .only(Field.OUTPUT, "gen_ai.output.messages", ENTITY + "output");

  private static final Names TOOL =
      NAMES
          .only(Field.INPUT)
          .only(Field.OUTPUT)
          .only(Field.TOOL_NAME, "gen_ai.tool.name", ENTITY + "name")
          .only(
              Field.TOOL_ARGUMENTS,
              "gen_ai.tool.call.arguments",
              ENTITY + "input",
              "gen_ai.task.input")
          .only(
              Field.TOOL_RESULT, "gen_ai.tool.call.result", ENTITY + "output", "gen_ai.task.output");

  private static final Pattern NAME = Pattern.compile("(.+)\\.(agent|tool)");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.hasAny("traceloop.")
        || span.hasAny("crewai.")
        || span.scope().startsWith("@traceloop/")
        || span.scope().endsWith(".crewai.instrumentation")
        || span.scope().equals("opentelemetry.instrumentation.bedrock");
  }

  /** By its kind: some workflows and tasks say that they invoke an agent. */
  @Override
  public SpanRole role(OtlpSpan span) {
    String kind = span.word("", KIND);
    SpanRole said = Conventions.roleOf(span);
    return switch (kind) {
      case "tool" -> SpanRole.TOOL;
      case "agent" -> SpanRole.AGENT;
      case "task", "workflow" -> SpanRole.step(kind);
      default ->
          said.is(Type.AGENT) && span.scope().contains("crewai") && !span.name().endsWith(".agent")
              ? SpanRole.step("workflow")
              // Bedrock's embeddings are completions.
              : said.equals(SpanRole.TEXT_COMPLETION)
                      && Operations.callOf(span.text("gen_ai.request.model"))
                          .equals(SpanRole.EMBEDDINGS)
                  ? SpanRole.EMBEDDINGS
                  : said;
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return switch (role(span).type()) {
      case AGENT -> AGENT;
      case TOOL -> TOOL;
      default -> NAMES;
    };
  }

  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    boolean isEntity = Objects.equals(value, span.attributes().get(ENTITY + "input"));
    return isEntity ? Json.arguments(value) : value;
  }

  /** As Bedrock and Anthropic count; in Python its instrumentation of Anthropic adds them. */
  @Override
  public boolean countsCacheApart(OtlpSpan span) {
    return span.scope().endsWith(".bedrock")
        || span.scope().equals("@traceloop/instrumentation-bedrock")
        || span.scope().equals("@traceloop/instrumentation-anthropic");
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    Matcher name = NAME.matcher(span.name());
    boolean isNamed = (role.is(Type.AGENT) || role.is(Type.TOOL)) && name.matches();
    return isNamed ? name.group(1) : Conventions.afterOperation(span.name(), role);
  }
}
