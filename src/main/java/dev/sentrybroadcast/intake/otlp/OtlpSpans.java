package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Words;
import dev.sentrybroadcast.intake.record.Timings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one span of OTLP/JSON. */
final class OtlpSpans {

  private OtlpSpans() {}

  static RecordedSpan read(
      OtlpSpan given,
      String spanId,
      @Nullable String parentSpanId,
      SpanValues values,
      OtlpResource resource,
      Origin origin) {
    ObjectView span = given.json();
    OtlpAttributes attributes = given.attributes();
    Map<String, Scalar> scalars = new LinkedHashMap<>();
    Map<String, Content<String>> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> attribute : attributes.values().entrySet()) {
      String key = attribute.getKey();
      if (!values.read().contains(key) && !key.equals("error.type")) {
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
        values.usage(),
        scalars,
        values.exchange(),
        values.toolArguments(),
        values.toolResult(),
        texts);
  }

  /** Numbers, booleans, and texts of harmless names. */
  private static @Nullable Scalar scalar(String key, JsonValue value) {
    return switch (value) {
      case JsonValue.Bool(boolean flag) -> new Scalar.Flag(flag);
      case JsonValue.Numeric number -> {
        // A double with a whole value stays a double.
        Long whole = number.text().indexOf('.') < 0 ? Numbers.whole(number) : null;
        Double decimal = whole == null ? Numbers.decimal(number) : null;
        yield whole != null
            ? new Scalar.Whole(whole)
            : decimal == null ? null : new Scalar.Decimal(decimal);
      }
      default -> HarmlessNames.contains(key) ? new Scalar.Text(text(value)) : null;
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

  private static Timing timing(ObjectView span, Origin origin) {
    return Timings.between(
        span,
        span.time("startTimeUnixNano"),
        span.time("endTimeUnixNano"),
        origin.sentEpochNanos());
  }

  private static RecordedSpan.Kind kind(@Nullable JsonValue kind) {
    return switch (enumeration(kind)) {
      case "2", "SPAN_KIND_SERVER" -> RecordedSpan.Kind.SERVER;
      case "3", "SPAN_KIND_CLIENT" -> RecordedSpan.Kind.CLIENT;
      case "4", "SPAN_KIND_PRODUCER" -> RecordedSpan.Kind.PRODUCER;
      case "5", "SPAN_KIND_CONSUMER" -> RecordedSpan.Kind.CONSUMER;
      case null, default -> RecordedSpan.Kind.INTERNAL;
    };
  }

  /** Of a span whose status is not an error: kept, but it does not become a failure. */
  private static void errorType(ObjectView span, String type, Map<String, Scalar> to) {
    if (Words.isWord(type)) {
      to.put("error.type", new Scalar.Text(type));
    } else {
      span.drop("attributes.error.type");
    }
  }

  /** Why the span failed. An exception event can say it; Sentry drops events and links. */
  private static @Nullable Failure failure(ObjectView span, OtlpAttributes attributes) {
    OtlpAttributes exception = null;
    for (ObjectView event : span.objects("events", Limits.SPANS)) {
      span.log().mended(Corrections.Kind.SPAN_EVENTS_DROPPED);
      if ("exception".equals(event.text("name"))) {
        exception = OtlpAttributes.read(event);
      }
    }
    if (!JsonValue.items(span.get("links")).isEmpty()) {
      span.log().mended(Corrections.Kind.SPAN_LINKS_DROPPED);
    }
    ObjectView status = span.object("status");
    String written = enumeration(status.get("code"));
    if (!"2".equals(written) && !"STATUS_CODE_ERROR".equals(written)) {
      return null;
    }
    JsonObject error =
        JsonObject.NONE
            .with("type", given(attributes.get("error.type"), exception, "exception.type"))
            .with("message", given(status.get("message"), exception, "exception.message"));
    JsonValue httpStatus = attributes.get("http.response.status_code");
    return Failures.ofObject(
        ObjectView.of(error),
        Failures.status(httpStatus == null ? attributes.get("span.metadata.status") : httpStatus));
  }

  /** The text, else that of the exception; null where both are missing or blank. */
  private static @Nullable JsonValue given(
      @Nullable JsonValue value, @Nullable OtlpAttributes exception, String name) {
    if (value instanceof JsonValue.Text && !value.isBlank()) {
      return value;
    }
    return exception != null
            && exception.get(name) instanceof JsonValue.Text text
            && !text.isBlank()
        ? text
        : null;
  }

  private static @Nullable String enumeration(@Nullable JsonValue value) {
    return value instanceof JsonValue.Numeric(String number) ? number : JsonValue.text(value);
  }
}
