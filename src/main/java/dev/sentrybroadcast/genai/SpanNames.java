package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.ToolExecution;
import org.jspecify.annotations.Nullable;

/** Names of spans: the user's text, else as the convention says. */
final class SpanNames {

  private SpanNames() {}

  /** Null where no agent is named: then there is no agent span. */
  static @Nullable String agent(Generation generation) {
    String agent = CommonAttributes.agentName(generation.trace());
    if (agent == null || agent.isBlank()) {
      return null;
    }
    String given = given(generation.trace().traceName());
    return given == null ? named(Operation.INVOKE_AGENT.operationName(), agent) : given;
  }

  /** Null where no step is named. */
  static @Nullable String step(Generation generation) {
    return given(generation.trace().spanName());
  }

  static String generation(Generation generation, Operation operation) {
    String given = given(generation.trace().generationName());
    if (given != null) {
      return given;
    }
    String requested = generation.model().requested();
    return named(
        operation.operationName(),
        SpanText.isBlank(requested) ? generation.model().responded() : requested);
  }

  static String attempt(int number, Attempt attempt) {
    return named("attempt " + number, attempt.provider());
  }

  static String tool(ToolExecution tool) {
    return named(Operation.EXECUTE_TOOL.operationName(), tool.name());
  }

  private static @Nullable String given(@Nullable String name) {
    return name == null || name.isBlank() ? null : SpanText.name(name);
  }

  private static String named(String what, @Nullable String which) {
    return which == null || which.isBlank() ? what : SpanText.name(what + ' ' + which);
  }
}
