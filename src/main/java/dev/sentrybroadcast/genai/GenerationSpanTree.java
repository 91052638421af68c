package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Trace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of one generation, as docs/spans.md draws them. */
final class GenerationSpanTree {

  private static final String STEP_OP = "function";
  private static final String ATTEMPT_OP = "http.client";

  private final Generation generation;
  private final Operation operation;
  private final SpanIds ids;
  private final SpanTreeBuilder tree;
  private final CommonAttributes common;
  private final @Nullable String conversationId;
  private final List<Attempt> attempts;
  private final List<ToolExecution> tools;
  private final TreeSize size;

  GenerationSpanTree(Generation generation, SpanIds ids, SpanTreeBuilder tree) {
    this.generation = generation;
    this.operation = Operation.of(generation.apiType());
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
      String name = name(trace.traceName(), Operation.INVOKE_AGENT.operationName(), agent);
      SpanDraft run = wrapper(ids.spanId("root"), parent, name);
      operation(run, Operation.INVOKE_AGENT);
      // Sentry lists the available tools of an agent's span only.
      run.content.toolDefinitions(
          SpanAttributes.TOOL_DEFINITIONS, generation.exchange().toolDefinitions());
      parent = run.spanId();
    }
    if (!SpanText.isBlank(trace.spanName())) {
      SpanDraft step = wrapper(ids.spanId("span"), parent, name(trace.spanName(), "", null));
      // Without an operation's name: Sentry would count the step as a call of a model.
      new GenerationAttributes(step).operation(null, STEP_OP, null);
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
    SpanInterval interval = SpanInterval.of(generation.timing());
    for (Attempt attempt : attempts) {
      interval = interval.covering(SpanInterval.of(attempt, generation.timing()));
    }
    for (ToolExecution tool : tools) {
      interval = interval.covering(SpanInterval.of(tool, generation.timing()));
    }
    SpanDraft draft = add(id, parent, name, SpanKind.INTERNAL, interval, common.metadata());
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
            name(generation.trace().generationName(), operation.operationName(), asked),
            SpanKind.CLIENT,
            SpanInterval.of(generation.timing()),
            common.metadata());
    operation(draft, operation);
    GenerationAttributes values = new GenerationAttributes(draft);
    values.model(model);
    values.parameters(generation.parameters());
    values.outcome(generation.outcome());
    values.firstToken(generation.timing());
    values.usage(generation.usage());
    values.cost(generation.cost());
    values.exchange(generation.exchange());
    SizedAttributes attributes = draft.attributes;
    attributes.text(SpanAttributes.RECORD_ID, generation.id());
    attributes.text(SpanAttributes.KEY_NAME, generation.caller().apiKeyName());
    attributes.text(SpanAttributes.APP_NAME, generation.caller().appName());
    if (size.spansLeftOut() > 0) {
      attributes.whole(SpanAttributes.SPANS_LEFT_OUT, size.spansLeftOut());
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
            SpanInterval.of(attempt, generation.timing()),
            size.sharedMetadata(common));
    GenerationAttributes values = new GenerationAttributes(draft);
    values.operation(null, ATTEMPT_OP, null);
    values.attempt(attempt);
  }

  private void tool(int number, ToolExecution tool, @Nullable String parent) {
    SpanDraft draft =
        add(
            ids.spanId("tool:" + number),
            parent,
            name(null, Operation.EXECUTE_TOOL.operationName(), tool.name()),
            SpanKind.INTERNAL,
            SpanInterval.of(tool, generation.timing()),
            size.sharedMetadata(common));
    operation(draft, Operation.EXECUTE_TOOL);
    new GenerationAttributes(draft).tool(tool);
  }

  private SpanDraft add(
      String id,
      @Nullable String parent,
      String name,
      SpanKind kind,
      SpanInterval interval,
      Attributes metadata) {
    SpanDraft draft = tree.add(id, parent, name, kind, interval);
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

  private void operation(SpanDraft draft, Operation operation) {
    new GenerationAttributes(draft)
        .operation(operation.operationName(), operation.op(), conversationId);
  }

  /** A cancelled generation did not fail, even if its connection ended with an error. */
  private @Nullable Failure failure() {
    return generation.outcome().cancelled() ? null : generation.outcome().failure();
  }
}
