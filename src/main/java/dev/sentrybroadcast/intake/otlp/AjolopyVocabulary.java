package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ajolopy: agents, tools and workflows have no operation, and costs names of their own. */
final class AjolopyVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.COST, "gen_ai.cost_usd", "ajolopy.cost_usd.total")
          .with(Field.INPUT_COST, "gen_ai.cost_usd.input")
          .with(Field.OUTPUT_COST, "gen_ai.cost_usd.output")
          .with(Field.CACHE_READ_COST, "gen_ai.cost_usd.cache_read")
          .with(Field.CACHE_WRITE_COST, "gen_ai.cost_usd.cache_creation")
          .with(Field.STREAMED, "ajolopy.streaming")
          .with(Field.AGENT_NAME, "ajolopy.agent.name");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("ajolopy") || span.scope().startsWith("ajolopy.");
  }

  /** By the first word of the span's name, where it has no operation. */
  @Override
  public SpanRole role(OtlpSpan span) {
    String first = span.name().split(" ", 2)[0];
    return switch (span.has("gen_ai.operation.name") ? "" : first) {
      case "agent.invoke" -> SpanRole.AGENT;
      case "execute_tool" -> SpanRole.TOOL;
      case "workflow.invoke", "mcp.call_tool", "eval.run", "eval.case" -> SpanRole.step(first);
      default -> Conventions.roleOf(span);
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    String[] words = span.name().split(" ", 2);
    return words[0].equals("agent.invoke") && words.length == 2
        ? words[1]
        : Conventions.afterOperation(span.name(), role);
  }

  @Override
  public Set<String> harmless() {
    return Set.of("ajolopy.agent.operation");
  }
}
