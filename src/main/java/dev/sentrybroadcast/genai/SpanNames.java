package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.ToolExecution;
import org.jspecify.annotations.Nullable;

/** What spans are called: as the user says, else as the convention says. */
final class SpanNames {

  private SpanNames() {}

  /** Null where the record is no agent's: there is no agent span then. */
  static @Nullable String agent(Generation generation) {
    String agent = CommonAttributes.agentName(generation.trace());
    if (agent == null || agent.isBlank()) {
      return null;
    }
    String given = generation.trace().traceName();
    return given == null || given.isBlank()
        ? named(Operation.INVOKE_AGENT.operationName(), agent)
        : SpanText.name(given);
  }

  /** Null where no step is named. */
  static @Nullable String step(Generation generation) {
    String given = generation.trace().spanName();
    return given == null || given.isBlank() ? null : SpanText.name(given);
  }

  static String generation(Generation generation, Operation operation) {
    String given = generation.trace().generationName();
    if (given != null && !given.isBlank()) {
      return SpanText.name(given);
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

  private static String named(String what, @Nullable String which) {
    return which == null || which.isBlank() ? what : SpanText.name(what + ' ' + which);
  }
}
