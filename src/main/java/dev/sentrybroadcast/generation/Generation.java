package dev.sentrybroadcast.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finished LLM generation as its producer means it, whatever dialect it was written in.
 *
 * @param id the generation's identity and the seed of its span ids; never blank
 * @param attempts upstreams that were tried, in order
 * @param toolExecutions tools that were really run, in order
 */
public record Generation(
    String id,
    Routing routing,
    ApiType apiType,
    Model model,
    Timing timing,
    Caller caller,
    Trace trace,
    RequestParameters parameters,
    Outcome outcome,
    Usage usage,
    Cost cost,
    Exchange exchange,
    List<Attempt> attempts,
    List<ToolExecution> toolExecutions,
    Corrections corrections)
    implements TelemetryRecord {

  public Generation {
    attempts = List.copyOf(attempts);
    toolExecutions = List.copyOf(toolExecutions);
  }

  @Override
  public long endEpochNanos() {
    return timing.endEpochNanos();
  }

  @Override
  public @Nullable String environment() {
    return trace.environment();
  }

  @Override
  public @Nullable String release() {
    return trace.release();
  }

  /** The same generation under another identity. */
  public Generation withId(String newId) {
    return new Generation(
        newId,
        routing,
        apiType,
        model,
        timing,
        caller,
        trace,
        parameters,
        outcome,
        usage,
        cost,
        exchange,
        attempts,
        toolExecutions,
        corrections);
  }
}
