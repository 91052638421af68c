package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a generation: upstreams that were tried, tools that were run. */
final class Steps {

  private Steps() {}

  /**
   * The record's {@code attempts}, else OpenRouter's {@code provider_responses} or metadata, else
   * the errors before the one that was returned.
   */
  static List<Attempt> attempts(ObjectView record, ObjectView response) {
    List<ObjectView> tried = record.objects("attempts", Limits.ATTEMPTS);
    if (tried.isEmpty()) {
      tried = record.objects("provider_responses", Limits.ATTEMPTS);
    }
    if (tried.isEmpty()) {
      tried = response.objectIfAny("openrouter_metadata").objects("attempts", Limits.ATTEMPTS);
    }
    return tried.isEmpty()
        ? previousErrors(record, response).stream().map(Steps::ofPreviousError).toList()
        : tried.stream().map(Steps::attempt).toList();
  }

  private static Attempt attempt(ObjectView attempt) {
    Integer status = Failures.status(attempt);
    Failure failure = Failures.read(attempt, status);
    return new Attempt(
        attempt.firstText("provider", "provider_name"),
        attempt.firstText("model", "model_permaslug"),
        status,
        Timings.step(attempt),
        failure == null ? Failures.ofStatus(status) : failure);
  }

  private static Attempt ofPreviousError(ObjectView error) {
    Failure failure = Failures.ofObject(error, null);
    return new Attempt(
        error.firstText("provider", "provider_name"),
        error.text("model"),
        failure.httpStatus(),
        Timings.step(error),
        failure);
  }

  private static List<ObjectView> previousErrors(ObjectView record, ObjectView response) {
    ObjectView body = record.objectIfAny("error");
    for (ObjectView owner : List.of(record, body, response)) {
      ObjectView error = owner.objectIfAny("error");
      List<ObjectView> previous = error.objects("previous_errors", Limits.ATTEMPTS);
      if (previous.isEmpty()) {
        previous = error.objectIfAny("metadata").objects("previous_errors", Limits.ATTEMPTS);
      }
      if (!previous.isEmpty()) {
        return previous;
      }
    }
    return List.of();
  }

  static List<ToolExecution> toolExecutions(ObjectView record) {
    List<ObjectView> run = record.objects("tool_executions", Limits.TOOL_EXECUTIONS);
    return run.stream().map(Steps::toolExecution).toList();
  }

  private static ToolExecution toolExecution(ObjectView tool) {
    String name = tool.text("name");
    if (name == null) {
      tool.drop("name");
    }
    JsonValue arguments = tool.get("arguments");
    JsonValue result = tool.get("result");
    return new ToolExecution(
        tool.text("id"),
        name == null ? "unknown" : name,
        words(tool.get("description")),
        arguments == null ? null : Content.deferred(() -> orEmpty(arguments)),
        result == null ? null : Content.deferred(() -> JsonTexts.of(result)),
        Timings.step(tool),
        Failures.read(tool, null));
  }

  private static @Nullable Content<String> words(@Nullable JsonValue text) {
    return text == null ? null : Content.deferred(() -> JsonTexts.words(text));
  }

  private static JsonText orEmpty(JsonValue arguments) {
    JsonText read = JsonTexts.ofArguments(arguments);
    return read == null ? JsonTexts.ofText("") : read;
  }
}
