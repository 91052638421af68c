package dev.sentrybroadcast.genai;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * A finished span as a value. Its components are named after the getters of {@link SpanData} that
 * they implement. Sentry drops span events and links, so there are none.
 */
record BroadcastSpan(
    SpanContext getSpanContext,
    SpanContext getParentSpanContext,
    String getName,
    SpanKind getKind,
    long getStartEpochNanos,
    long getEndEpochNanos,
    StatusData getStatus,
    Attributes getAttributes,
    Resource getResource,
    InstrumentationScopeInfo getInstrumentationScopeInfo)
    implements SpanData {

  /** The same span with another status and other attributes. */
  BroadcastSpan with(StatusData status, Attributes attributes) {
    return new BroadcastSpan(
        getSpanContext,
        getParentSpanContext,
        getName,
        getKind,
        getStartEpochNanos,
        getEndEpochNanos,
        status,
        attributes,
        getResource,
        getInstrumentationScopeInfo);
  }

  @Override
  @Deprecated
  @SuppressWarnings("deprecation") // abstract in SpanData, replaced by the scope
  public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    throw new UnsupportedOperationException("use getInstrumentationScopeInfo()");
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  /** OTLP reports what is more than the attributes sent as dropped. */
  @Override
  public int getTotalAttributeCount() {
    return getAttributes.size();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  /** Of the ids alone: attributes are long. */
  @Override
  public int hashCode() {
    return getSpanContext.hashCode();
  }

  /** Attributes and status may hold content. */
  @Override
  public String toString() {
    return "BroadcastSpan[" + getTraceId() + '/' + getSpanId() + ']';
  }
}
