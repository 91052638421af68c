package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one span of OTLP/JSON. */
final class OtlpSpans {

  private OtlpSpans() {}

  static RecordedSpan read(
      Fields span,
      String spanId,
      @Nullable String parentSpanId,
      OtlpAttributes attributes,
      OtlpResource resource,
      Origin origin) {
    OtlpContent content = OtlpContent.of(attributes);
    Map<String, Scalar> scalars = new LinkedHashMap<>();
    Map<String, Content<String>> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> attribute : attributes.values().entrySet()) {
      String key = attribute.getKey();
      if (!content.holds(key) && !OtlpUsage.holds(key) && !key.equals("error.type")) {
        Scalar scalar = scalar(key, attribute.getValue());
        if (scalar != null) {
          scalars.put(key, scalar);
        } else if (!(attribute.getValue() instanceof JsonValue.Numeric)) {
          JsonValue value = attribute.getValue();
          texts.put(key, Content.deferred(() -> JsonTexts.words(value)));
        }
      }
    }
    put(scalars, "trace.metadata.service.name", resource.serviceName());
    put(scalars, "trace.metadata.service.version", resource.serviceVersion());
    Failure failure = failure(span, attributes);
    String errorType = attributes.text("error.type");
    if (failure == null && errorType != null) {
      errorType(span, errorType, scalars);
    }
    String name = span.text("name");
    return new RecordedSpan(
        spanId,
        parentSpanId,
        name == null ? "unnamed" : name,
        kind(span.get("kind")),
        timing(span, origin),
        failure,
        OtlpUsage.read(attributes, span.log()),
        scalars,
        content.exchange(),
        content.toolArguments(),
        content.toolResult(),
        texts);
  }

  /** Numbers and truth values, and texts of names that hold none of what anyone wrote. */
  private static @Nullable Scalar scalar(String key, JsonValue value) {
    return switch (value) {
      case JsonValue.Bool(boolean flag) -> new Scalar.Flag(flag);
      case JsonValue.Numeric number -> {
        // A double may be a whole number: an attribute's type does not change with its value.
        Long whole = number.text().indexOf('.') < 0 ? Numbers.whole(number) : null;
        Double decimal = whole == null ? Numbers.decimal(number) : null;
        yield whole != null
            ? new Scalar.Whole(whole)
            : decimal == null ? null : new Scalar.Decimal(decimal);
      }
      default -> OtlpNames.isNoContent(key) ? new Scalar.Text(text(value)) : null;
    };
  }

  private static String text(JsonValue value) {
    return Limits.cut(JsonTexts.words(value), Limits.METADATA_VALUE_CHARS);
  }

  private static void put(Map<String, Scalar> to, String key, @Nullable String value) {
    if (value != null) {
      to.putIfAbsent(key, new Scalar.Text(value));
    }
  }

  private static Timing timing(Fields span, Origin origin) {
    return TimingReader.between(
        span,
        TimingReader.time(span, "startTimeUnixNano"),
        TimingReader.time(span, "endTimeUnixNano"),
        origin.sentEpochNanos());
  }

  private static RecordedSpan.Kind kind(@Nullable JsonValue kind) {
    String text = kind instanceof JsonValue.Numeric number ? number.text() : JsonValue.text(kind);
    return switch (text == null ? "" : text) {
      case "2", "SPAN_KIND_SERVER" -> RecordedSpan.Kind.SERVER;
      case "3", "SPAN_KIND_CLIENT" -> RecordedSpan.Kind.CLIENT;
      case "4", "SPAN_KIND_PRODUCER" -> RecordedSpan.Kind.PRODUCER;
      case "5", "SPAN_KIND_CONSUMER" -> RecordedSpan.Kind.CONSUMER;
      default -> RecordedSpan.Kind.INTERNAL;
    };
  }

  /**
   * Of a span whose status is no error: kept, but neither the status nor an issue is made of it.
   */
  private static void errorType(Fields span, String type, Map<String, Scalar> to) {
    if (Words.isWord(type)) {
      to.put("error.type", new Scalar.Text(type));
    } else {
      span.drop("attributes.error.type");
    }
  }

  /** Sentry drops span events and shows no links: an exception says here why the span failed. */
  private static @Nullable Failure failure(Fields span, OtlpAttributes attributes) {
    OtlpAttributes exception = null;
    for (Fields event : span.objects("events", Limits.SPANS)) {
      span.log().mended(Corrections.Kind.SPAN_EVENTS_DROPPED);
      if ("exception".equals(event.text("name"))) {
        exception = OtlpAttributes.read(event);
      }
    }
    if (!JsonValue.elements(span.get("links")).isEmpty()) {
      span.log().mended(Corrections.Kind.SPAN_LINKS_DROPPED);
    }
    Fields status = span.object("status");
    JsonValue code = status.get("code");
    String written =
        code instanceof JsonValue.Numeric number ? number.text() : JsonValue.text(code);
    if (!"2".equals(written) && !"STATUS_CODE_ERROR".equals(written)) {
      return null;
    }
    Map<String, JsonValue> error = new LinkedHashMap<>();
    put(error, "type", attributes.get("error.type"));
    if (exception != null) {
      put(error, "type", exception.get("exception.type"));
    }
    put(error, "message", status.get("message"));
    if (exception != null) {
      put(error, "message", exception.get("exception.message"));
    }
    JsonValue httpStatus = attributes.get("http.response.status_code");
    return FailureReader.ofObject(
        Fields.record(new JsonValue.Members(error), ""),
        FailureReader.status(
            httpStatus == null ? attributes.get("span.metadata.status") : httpStatus));
  }

  private static void put(Map<String, JsonValue> to, String key, @Nullable JsonValue value) {
    String text = JsonValue.text(value);
    if (text != null && !text.isBlank()) {
      to.putIfAbsent(key, new JsonValue.Text(text));
    }
  }
}
