package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanContent;
import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Timing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;

/** A span that still takes attributes, and whose content is not yet cut. */
final class SpanDraft {

  /** Ids, times, kind, status code and flags, with tags and lengths. */
  private static final int OVERHEAD_BYTES = 128;

  final SizedAttributes attributes = new SizedAttributes();
  final SpanContent content;
  private final SpanContext context;
  private final SpanContext parent;
  private final String name;
  private final SpanKind kind;
  private final Timing timing;
  private String statusMessage = "";
  private boolean failed;

  SpanDraft(
      SpanContext context,
      SpanContext parent,
      String name,
      SpanKind kind,
      Timing timing,
      SpanContent content) {
    this.context = context;
    this.parent = parent;
    this.name = name;
    this.kind = kind;
    this.timing = timing;
    this.content = content;
  }

  String spanId() {
    return context.getSpanId();
  }

  /** Not for attempts: Sentry derives an action from their description. */
  void describe() {
    attributes.text(SpanAttributes.SENTRY_DESCRIPTION, name);
  }

  /** Sets the status ERROR; its message is the content's. */
  void fail() {
    failed = true;
  }

  /** Adds how often each kind was redacted, once all content is there. */
  void countRedacted() {
    content
        .redacted()
        .forEach((kind, count) -> attributes.put(SpanAttributes.redacted(kind), count));
  }

  /** Upper estimate of the span's size so far, as protobuf. */
  long bytes() {
    return OVERHEAD_BYTES + SpanText.utf8Bytes(name + statusMessage) + attributes.bytes();
  }

  /**
   * The status is never OK, which is for people to set. Relay copies its description to {@code
   * sentry.status.message}
   * (https://github.com/getsentry/relay/blob/master/relay-spans/src/otel_to_sentry_v2.rs).
   */
  BroadcastSpan finish(Resource resource, InstrumentationScopeInfo scope) {
    content.forEach(attributes::put);
    if (content.isCut()) {
      attributes.put(SpanAttributes.CONTENT_TRUNCATED, true);
      attributes.put(SpanAttributes.CONTENT_ORIGINAL_LENGTH, content.originalBytes());
    }
    statusMessage = failed ? content.statusMessage() : "";
    return new BroadcastSpan(
        context,
        parent,
        name,
        kind,
        timing.startEpochNanos(),
        timing.endEpochNanos(),
        failed ? StatusData.create(StatusCode.ERROR, statusMessage) : StatusData.unset(),
        attributes.build(),
        resource,
        scope);
  }
}
