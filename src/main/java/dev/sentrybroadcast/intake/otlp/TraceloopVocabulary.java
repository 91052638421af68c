package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traceloop's OpenLLMetry, in Python and JavaScript: the conventions, with a kind and an entity on
 * the spans of its decorators and of frameworks.
 *
 * @see <a
 *     href="https://www.traceloop.com/docs/openllmetry/contributing/semantic-conventions">Semantic
 *     conventions</a>
 */
final class TraceloopVocabulary implements Vocabulary {

  private static final String KIND = "traceloop.span.kind";
  private static final String ENTITY = "traceloop.entity.";
  private static final String PROPERTIES = "traceloop.association.properties.";

  private static final Names NAMES =
      Conventions.NAMES
          .under(PROPERTIES, Field.SESSION, "session_id", "thread_id")
          .under(PROPERTIES, Field.USER, "user_id")
          .under(PROPERTIES, Field.ENVIRONMENT, "environment");

  private static final Names AGENT =
      NAMES
          .only(Field.AGENT_NAME, "gen_ai.agent.name", "crewai.agent.role", ENTITY + "name")
          .only(Field.INPUT, "gen_ai.input.messages", ENTITY + "input")
          .only(Field.OUTPUT, "gen_ai.output.messages", ENTITY + "output");

  private static final Names TOOL =
      NAMES
          .only(Field.TOOL_NAME, "gen_ai.tool.name", ENTITY + "name")
          .ofTool("gen_ai.task.input", "gen_ai.task.output")
          .with(Field.TOOL_ARGUMENTS, "gen_ai.tool.call.arguments", ENTITY + "input")
          .with(Field.TOOL_RESULT, "gen_ai.tool.call.result", ENTITY + "output");

  /** Of its instrumentations whose spans may have nothing else of it. */
  private static final Set<String> SCOPES =
      Set.of(
          "opentelemetry.instrumentation.bedrock",
          "opentelemetry.instrumentation.google_generativeai",
          "opentelemetry.instrumentation.crewai.instrumentation");

  private static final Pattern NAME = Pattern.compile("(.+)\\.(agent|tool)");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.hasAny("traceloop.")
        || span.hasAny("crewai.")
        || span.scope().startsWith("@traceloop/")
        || SCOPES.contains(span.scope());
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
          said.is(SpanRole.Type.AGENT)
                  && span.scope().contains("crewai")
                  && !span.name().endsWith(".agent")
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

  /** Its instrumentation of Google leaves the status as it is. */
  @Override
  public boolean failed(OtlpSpan span) {
    return span.hasErrorStatus()
        || (span.scope().endsWith(".google_generativeai") && span.exception() != null);
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    Matcher name = NAME.matcher(span.name());
    boolean isNamed =
        (role.is(SpanRole.Type.AGENT) || role.is(SpanRole.Type.TOOL)) && name.matches();
    return isNamed ? name.group(1) : Conventions.afterOperation(span.name(), role);
  }
}
