package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanContent;
import dev.sentrybroadcast.genai.content.SpanText;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.StatusData;

/** A span that still takes attributes, and whose content is not yet cut. */
final class SpanDraft {

  /** Ids, times, kind, status code and flags, with tags and lengths. */
  private static final int OVERHEAD_BYTES = 128;

  final SizedAttributes attributes = new SizedAttributes();
  final SpanContent content;
  private final BroadcastSpan start;
  private String statusMessage = "";
  private boolean failed;

  /** {@code start}: the span without its attributes and its status. */
  SpanDraft(BroadcastSpan start, SpanContent content) {
    this.start = start;
    this.content = content;
  }

  String spanId() {
    return start.getSpanId();
  }

  /** Not for attempts: Sentry derives an action from their description. */
  void describe() {
    attributes.text(SpanAttributes.SENTRY_DESCRIPTION, start.getName());
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
    return OVERHEAD_BYTES
        + SpanText.utf8Bytes(start.getName() + statusMessage)
        + attributes.bytes();
  }

  /**
   * The status is never OK, which is for people to set. Relay copies its description to {@code
   * sentry.status.message}
   * (https://github.com/getsentry/relay/blob/master/relay-spans/src/otel_to_sentry_v2.rs).
   */
  BroadcastSpan finish() {
    content.forEach(attributes::put);
    if (content.isCut()) {
      attributes.put(SpanAttributes.CONTENT_TRUNCATED, true);
      attributes.put(SpanAttributes.CONTENT_ORIGINAL_LENGTH, content.originalBytes());
    }
    statusMessage = failed ? content.statusMessage() : "";
    return start.with(
        failed ? StatusData.create(StatusCode.ERROR, statusMessage) : StatusData.unset(),
        attributes.build());
  }
}
