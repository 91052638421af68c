package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.ToolExecution;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;

/** The spans of one generation, as docs/spans.md draws them. */
final class RecordTree {

  private static final String STEP_OP = "function";
  private static final String ATTEMPT_OP = "http.client";

  private final Generation generation;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Operation operation;
  private final SpanIds ids;
  private final CommonAttributes common;
  private final TreeSize size;
  private final TreeContent content;
  private final List<SpanData> spans = new ArrayList<>();
  private long bytes;

  RecordTree(
      Generation generation,
      Disclosure disclosure,
      ContentLimits limits,
      Resource resource,
      InstrumentationScopeInfo scope) {
    this.generation = generation;
    this.resource = resource;
    this.scope = scope;
    this.operation = Operation.of(generation.apiType());
    this.ids = SpanIds.of(generation);
    this.common = CommonAttributes.of(generation);
    this.size = TreeSize.of(generation, common);
    this.content = TreeContent.of(generation, disclosure, size, limits);
  }

  SpanTree build() {
    SpanContext parent = givenParent();
    String agentName = SpanNames.agent(generation);
    if (agentName != null) {
      parent = agent(agentName, parent);
    }
    String stepName = SpanNames.step(generation);
    if (stepName != null) {
      parent = step(stepName, parent);
    }
    SpanContext itself = context(ids.generation());
    SpanData span = generation(itself, parent);
    for (int i = 0; i < size.attempts(); i++) {
      attempt(i, itself);
    }
    // Without a wrapper the generation is the topmost span, and its tools hang under it.
    SpanContext toolParent = agentName == null && stepName == null ? itself : parent;
    for (int i = 0; i < size.tools(); i++) {
      tool(i, toolParent);
    }
    Failure failure = generation.outcome().failure();
    return new SpanTree(
        spans,
        failure == null || generation.outcome().cancelled()
            ? null
            : ErrorEvents.of(generation, failure, span, spans.getFirst()),
        bytes);
  }

  private SpanContext agent(String name, SpanContext parent) {
    AttributeList.Builder attributes = wrapper(Operation.INVOKE_AGENT.op());
    attributes.put(SpanAttributes.OPERATION_NAME, Operation.INVOKE_AGENT.operationName());
    return add(
            context(ids.root()),
            parent,
            name,
            SpanKind.INTERNAL,
            Window.around(generation, size),
            status(isError(), ""),
            attributes)
        .getSpanContext();
  }

  /** Without {@code gen_ai.operation.name}: Sentry would count the step as a call of a model. */
  private SpanContext step(String name, SpanContext parent) {
    return add(
            context(ids.step()),
            parent,
            name,
            SpanKind.INTERNAL,
            Window.around(generation, size),
            status(isError(), ""),
            wrapper(STEP_OP))
        .getSpanContext();
  }

  private SpanData generation(SpanContext context, SpanContext parent) {
    AttributeList.Builder attributes = attributes(common.all(), operation.op());
    GenerationAttributes.put(attributes, generation, operation);
    Failure failure = generation.outcome().failure();
    if (failure != null) {
      GenerationAttributes.failure(attributes, failure);
    }
    if (size.spansLeftOut() > 0) {
      attributes.put(SpanAttributes.SPANS_LEFT_OUT, size.spansLeftOut());
    }
    SpanContent own = content.generation();
    own.put(attributes);
    return add(
        context,
        parent,
        SpanNames.generation(generation, operation),
        SpanKind.CLIENT,
        Window.of(generation.timing()),
        status(isError(), own.statusMessage()),
        attributes);
  }

  private void attempt(int index, SpanContext parent) {
    Attempt attempt = generation.attempts().get(index);
    AttributeList.Builder attributes = attributes(size.shared(common), ATTEMPT_OP);
    GenerationAttributes.put(attributes, attempt);
    SpanContent own = content.attempt(index);
    own.put(attributes);
    int number = index + 1;
    add(
        context(ids.attempt(number)),
        parent,
        SpanNames.attempt(number, attempt),
        SpanKind.CLIENT,
        Window.of(attempt.timing(), generation.timing().startEpochNanos()),
        status(TreeSize.failed(attempt), own.statusMessage()),
        attributes);
  }

  private void tool(int index, SpanContext parent) {
    ToolExecution tool = generation.toolExecutions().get(index);
    AttributeList.Builder attributes = attributes(size.shared(common), Operation.EXECUTE_TOOL.op());
    attributes.put(SpanAttributes.OPERATION_NAME, Operation.EXECUTE_TOOL.operationName());
    GenerationAttributes.put(attributes, tool);
    SpanContent own = content.tool(index);
    own.put(attributes);
    add(
        context(ids.tool(index + 1)),
        parent,
        SpanNames.tool(tool),
        SpanKind.INTERNAL,
        Window.of(tool.timing(), generation.timing().endEpochNanos()),
        status(tool.failure() != null, own.statusMessage()),
        attributes);
  }

  private AttributeList.Builder wrapper(String op) {
    AttributeList.Builder attributes = attributes(common.all(), op);
    Failure failure = generation.outcome().failure();
    if (failure != null && isError()) {
      GenerationAttributes.text(attributes, SpanAttributes.ERROR_TYPE, failure.type());
    }
    return attributes;
  }

  private static AttributeList.Builder attributes(AttributeList shared, String op) {
    return new AttributeList.Builder(shared, 32).put(SpanAttributes.SENTRY_OP, op);
  }

  private SpanData add(
      SpanContext context,
      SpanContext parent,
      String name,
      SpanKind kind,
      Window window,
      StatusData status,
      AttributeList.Builder attributes) {
    BroadcastSpan span =
        new BroadcastSpan(
            context,
            parent,
            name,
            kind,
            window.start(),
            window.end(),
            status,
            attributes.build(),
            resource,
            scope);
    spans.add(span);
    bytes += span.bytes();
    return span;
  }

  /** A cancelled generation did not fail, whatever the connection's end looked like. */
  private boolean isError() {
    return generation.outcome().failure() != null && !generation.outcome().cancelled();
  }

  /**
   * Never OK, which is for people to set. Relay makes {@code sentry.status.message} of the
   * description, over any attribute of that name
   * (https://github.com/getsentry/relay/blob/master/relay-spans/src/otel_to_sentry_v2.rs).
   */
  private static StatusData status(boolean error, String message) {
    return error ? StatusData.create(StatusCode.ERROR, message) : StatusData.unset();
  }

  private SpanContext givenParent() {
    String parent = SpanIds.parentSpanId(generation.trace());
    return parent == null ? SpanContext.getInvalid() : context(parent);
  }

  /** Not remote: Sentry takes every span with a remote parent for the start of a segment. */
  private SpanContext context(String spanId) {
    return SpanContext.create(
        ids.traceId(), spanId, TraceFlags.getSampled(), TraceState.getDefault());
  }
}
