package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.stream.Stream;

/** Reads the steps of a generation: upstreams that were tried, tools that were run. */
final class Steps {

  private Steps() {}

  /**
   * The record's {@code attempts}, else OpenRouter's {@code provider_responses} or metadata, else
   * the errors before the one that was returned.
   */
  static List<Attempt> attempts(ObjectView record, ObjectView response) {
    List<ObjectView> tried =
        Stream.of(
                record.objects("attempts", Limits.ATTEMPTS),
                record.objects("provider_responses", Limits.ATTEMPTS),
                response.objectIfAny("openrouter_metadata").objects("attempts", Limits.ATTEMPTS))
            .filter(list -> !list.isEmpty())
            .findFirst()
            .orElse(List.of());
    return tried.isEmpty()
        ? previousErrors(record, response).stream().map(each -> attempt(each, true)).toList()
        : tried.stream().map(each -> attempt(each, false)).toList();
  }

  private static Attempt attempt(ObjectView attempt, boolean isError) {
    Integer said = isError ? null : Failures.status(attempt);
    Failure failure =
        isError
            ? Failures.ofObject(attempt, null)
            : Known.first(Failures.read(attempt, said), Failures.ofStatus(said));
    return new Attempt(
        attempt.firstText("provider", "provider_name"),
        attempt.firstText("model", "model_permaslug"),
        isError && failure != null ? failure.httpStatus() : said,
        Timings.step(attempt),
        failure);
  }

  private static List<ObjectView> previousErrors(ObjectView record, ObjectView response) {
    return Stream.of(record, record.objectIfAny("error"), response)
        .map(owner -> owner.objectIfAny("error"))
        .flatMap(error -> Stream.of(error, error.objectIfAny("metadata")))
        .map(owner -> owner.objects("previous_errors", Limits.ATTEMPTS))
        .filter(errors -> !errors.isEmpty())
        .findFirst()
        .orElse(List.of());
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
    return new ToolExecution(
        tool.text("id"),
        name == null ? "unknown" : name,
        Content.deferred(tool.get("description"), JsonTexts::words),
        Content.deferred(tool.get("arguments"), JsonTexts::ofArguments),
        Content.deferred(tool.get("result"), JsonTexts::of),
        Timings.step(tool),
        Failures.read(tool, null));
  }
}
