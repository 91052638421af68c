package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what happened within a generation: upstreams that were tried, tools that were run. */
final class StepsReader {

  private StepsReader() {}

  /**
   * The record's {@code attempts}, else OpenRouter's {@code provider_responses} or metadata, else
   * the errors before the one that was returned.
   */
  static List<Attempt> attempts(Fields record, Fields response) {
    List<Fields> tried = record.objects("attempts", Limits.ATTEMPTS);
    if (tried.isEmpty()) {
      tried = record.objects("provider_responses", Limits.ATTEMPTS);
    }
    if (tried.isEmpty()) {
      tried = response.objectIfAny("openrouter_metadata").objects("attempts", Limits.ATTEMPTS);
    }
    List<Attempt> attempts = new ArrayList<>(tried.size());
    for (Fields attempt : tried) {
      attempts.add(attempt(attempt));
    }
    if (attempts.isEmpty()) {
      for (Fields error : previousErrors(record, response)) {
        attempts.add(ofPreviousError(error));
      }
    }
    return attempts;
  }

  private static Attempt attempt(Fields attempt) {
    Integer status = FailureReader.status(attempt);
    Failure failure = FailureReader.read(attempt, status);
    return new Attempt(
        attempt.firstText("provider", "provider_name"),
        attempt.firstText("model", "model_permaslug"),
        status,
        TimingReader.step(attempt),
        failure == null ? FailureReader.ofStatus(status) : failure);
  }

  private static Attempt ofPreviousError(Fields error) {
    Failure failure = FailureReader.ofObject(error, null);
    return new Attempt(
        error.firstText("provider", "provider_name"),
        error.text("model"),
        failure.httpStatus(),
        TimingReader.step(error),
        failure);
  }

  private static List<Fields> previousErrors(Fields record, Fields response) {
    Fields body = record.objectIfAny("error");
    for (Fields owner : List.of(record, body, response)) {
      Fields error = owner.objectIfAny("error");
      List<Fields> previous = error.objects("previous_errors", Limits.ATTEMPTS);
      if (previous.isEmpty()) {
        previous = error.objectIfAny("metadata").objects("previous_errors", Limits.ATTEMPTS);
      }
      if (!previous.isEmpty()) {
        return previous;
      }
    }
    return List.of();
  }

  static List<ToolExecution> toolExecutions(Fields record) {
    List<Fields> run = record.objects("tool_executions", Limits.TOOL_EXECUTIONS);
    List<ToolExecution> executions = new ArrayList<>(run.size());
    for (Fields tool : run) {
      String name = tool.text("name");
      if (name == null) {
        tool.drop("name");
      }
      JsonValue arguments = tool.get("arguments");
      JsonValue result = tool.get("result");
      executions.add(
          new ToolExecution(
              tool.text("id"),
              name == null ? "unknown" : name,
              words(tool.get("description")),
              arguments == null ? null : Content.deferred(() -> orEmpty(arguments)),
              result == null ? null : Content.deferred(() -> JsonTexts.of(result)),
              TimingReader.step(tool),
              FailureReader.read(tool, null)));
    }
    return executions;
  }

  private static @Nullable Content<String> words(@Nullable JsonValue text) {
    return text == null ? null : Content.deferred(() -> JsonTexts.words(text));
  }

  private static JsonText orEmpty(JsonValue arguments) {
    JsonText read = JsonTexts.ofArguments(arguments);
    return read == null ? JsonTexts.ofText("") : read;
  }
}
