package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Trace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spans of one generation, as docs/spans.md draws them. */
final class GenerationSpanTree {

  private static final String STEP_OP = "function";
  private static final long MILLISECOND = 1_000_000;

  private final Generation generation;
  private final SpanRole role;
  private final SpanIds ids;
  private final SpanTreeBuilder tree;
  private final CommonAttributes common;
  private final @Nullable String conversationId;
  private final List<Attempt> attempts;
  private final List<ToolExecution> tools;
  private final TreeSize size;

  GenerationSpanTree(Generation generation, SpanIds ids, SpanTreeBuilder tree) {
    this.generation = generation;
    this.role = SpanRole.of(generation.apiType());
    this.ids = ids;
    this.tree = tree;
    this.common = CommonAttributes.of(generation);
    this.conversationId = CommonAttributes.conversationId(generation.caller().sessionId());
    this.size = TreeSize.of(generation, common);
    this.attempts = generation.attempts().subList(0, size.attempts());
    this.tools = generation.toolExecutions().subList(0, size.tools());
  }

  SpanTree build() {
    Trace trace = generation.trace();
    String parent = SpanIds.parentSpanId(trace);
    String agent = CommonAttributes.agentName(trace);
    if (!SpanText.isBlank(agent)) {
      String name = name(trace.traceName(), SpanRole.AGENT.name(), agent);
      SpanDraft run = wrapper(ids.spanId("root"), parent, name);
      new GenerationAttributes(run).role(SpanRole.AGENT, conversationId);
      // Sentry lists the available tools of an agent's span only.
      run.content.toolDefinitions(
          SpanAttributes.TOOL_DEFINITIONS, generation.exchange().toolDefinitions());
      parent = run.spanId();
    }
    if (!SpanText.isBlank(trace.spanName())) {
      SpanDraft step = wrapper(ids.spanId("span"), parent, name(trace.spanName(), "", null));
      // Without an operation's name: Sentry would count the step as a call of a model.
      step.attributes.text(SpanAttributes.SENTRY_OP, STEP_OP);
      step.describe();
      parent = step.spanId();
    }
    int index = tree.size();
    SpanDraft call = call(parent);
    for (int i = 0; i < attempts.size(); i++) {
      attempt(i + 1, attempts.get(i), call.spanId());
    }
    // Without a wrapper the generation is the topmost span, and its tools are its children.
    for (int i = 0; i < tools.size(); i++) {
      tool(i + 1, tools.get(i), index == 0 ? call.spanId() : parent);
    }
    Failure failure = failure();
    return tree.build(
        call,
        spans ->
            failure == null ? null : ErrorEvents.of(failure, spans.get(index), spans.getFirst()));
  }

  /** Covers all child spans, and fails when the generation fails. */
  private SpanDraft wrapper(String id, @Nullable String parent, String name) {
    Timing timing =
        Stream.concat(attempts.stream().map(this::timing), tools.stream().map(this::timing))
            .reduce(generation.timing(), Timing::covering);
    SpanDraft draft = add(id, parent, name, SpanKind.INTERNAL, timing, common.metadata());
    Failure failure = failure();
    if (failure != null) {
      draft.fail();
      draft.attributes.text(SpanAttributes.ERROR_TYPE, failure.type());
    }
    return draft;
  }

  private SpanDraft call(@Nullable String parent) {
    Model model = generation.model();
    String asked = SpanText.isBlank(model.requested()) ? model.responded() : model.requested();
    SpanDraft draft =
        add(
            ids.spanId("generation"),
            parent,
            name(generation.trace().generationName(), role.name(), asked),
            SpanKind.CLIENT,
            generation.timing(),
            common.metadata());
    GenerationAttributes values = new GenerationAttributes(draft);
    values.role(role, conversationId);
    values.model(model);
    values.parameters(generation.parameters());
    values.outcome(generation.outcome());
    values.firstToken(generation.timing());
    values.usage(generation.usage());
    values.cost(generation.cost());
    values.exchange(generation.exchange());
    values.embeddingsInput(generation.exchange());
    SizedAttributes attributes = draft.attributes;
    attributes.text(SpanAttributes.RECORD_ID, generation.id());
    attributes.text(SpanAttributes.KEY_NAME, generation.caller().apiKeyName());
    attributes.text(SpanAttributes.APP_NAME, generation.caller().appName());
    if (size.spansLeftOut() > 0) {
      attributes.put(SpanAttributes.SPANS_LEFT_OUT, size.spansLeftOut());
    }
    return draft;
  }

  private void attempt(int number, Attempt attempt, String parent) {
    SpanDraft draft =
        add(
            ids.spanId("attempt:" + number),
            parent,
            name(null, "attempt " + number, attempt.provider()),
            SpanKind.CLIENT,
            timing(attempt),
            size.sharedMetadata(common));
    GenerationAttributes values = new GenerationAttributes(draft);
    values.role(SpanRole.ATTEMPT, null);
    values.attempt(attempt);
  }

  private void tool(int number, ToolExecution tool, @Nullable String parent) {
    SpanDraft draft =
        add(
            ids.spanId("tool:" + number),
            parent,
            name(null, SpanRole.TOOL.name(), tool.name()),
            SpanKind.INTERNAL,
            timing(tool),
            size.sharedMetadata(common));
    GenerationAttributes values = new GenerationAttributes(draft);
    values.role(SpanRole.TOOL, conversationId);
    values.tool(tool);
  }

  /** Without times of its own an attempt stands at the generation's start, without duration. */
  private Timing timing(Attempt attempt) {
    long start = generation.timing().startEpochNanos();
    return attempt.timing() == null ? new Timing(start, start, null) : attempt.timing();
  }

  /**
   * Without times of its own a tool ends 1 ms after the generation, since Sentry draws a tool that
   * ends with a generation in no turn of the conversation.
   */
  private Timing timing(ToolExecution tool) {
    long start = generation.timing().endEpochNanos();
    return tool.timing() == null ? new Timing(start, start + MILLISECOND, null) : tool.timing();
  }

  private SpanDraft add(
      String id,
      @Nullable String parent,
      String name,
      SpanKind kind,
      Timing timing,
      Attributes metadata) {
    SpanDraft draft = tree.add(id, parent, name, kind, timing, tree.policy());
    draft.attributes.putAll(common.identity()).putAll(metadata);
    return draft;
  }

  /** The user's text, else the convention's name: what it is, and of which model, agent or tool. */
  private static String name(@Nullable String given, String what, @Nullable String which) {
    if (given != null && !given.isBlank()) {
      return SpanText.name(given);
    }
    return SpanText.isBlank(which) ? what : SpanText.name(what + ' ' + which);
  }

  /** A cancelled generation did not fail, even if its connection ended with an error. */
  private @Nullable Failure failure() {
    return generation.outcome().cancelled() ? null : generation.outcome().failure();
  }
}
