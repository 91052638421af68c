package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a span failed: its attributes and its status, else its exception event. */
final class SpanFailure {

  private static final Pattern STATUS =
      Pattern.compile("^.{0,100}(?:[Ee]rror code|status[_ ]code): ?([45][0-9]{2})\\b");

  private SpanFailure() {}

  static Failure of(OtlpSpan span, SpanReading reading) {
    String type = reading.text(Field.ERROR_TYPE);
    String exceptionType = JsonValue.text(exception(span, "exception.type"));
    if (type == null || (type.equals("unknown") && exceptionType != null)) {
      type = exceptionType;
    }
    JsonValue message =
        Stream.of(
                span.json().object("status").get("message"),
                reading.content(Field.ERROR_MESSAGE),
                exception(span, "exception.message"))
            .filter(value -> value != null && !value.isBlank())
            .findFirst()
            .orElse(null);
    JsonObject error =
        JsonObject.NONE
            .with("type", type == null ? null : new JsonValue.Text(className(type)))
            .with("message", message);
    Long status = reading.count(Field.HTTP_STATUS);
    String code = status == null ? statusIn(type, JsonValue.text(message)) : status.toString();
    return Failures.ofObject(
        ObjectView.of(error), code == null ? null : Failures.status(new JsonValue.Numeric(code)));
  }

  /** The HTTP status that SDKs write as the error's type, or into their messages. */
  private static @Nullable String statusIn(@Nullable String type, @Nullable String message) {
    if (type != null && type.matches("[45][0-9]{2}")) {
      return type;
    }
    Matcher matcher = STATUS.matcher(message == null ? "" : message);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Of a class's full name, as Python and Java write it, the class alone. */
  private static String className(String type) {
    String name = SpanReading.withoutClass(type);
    return name.matches("([a-z_]\\w*\\.)+[A-Z]\\w*")
        ? name.substring(name.lastIndexOf('.') + 1)
        : name;
  }

  private static @Nullable JsonValue exception(OtlpSpan span, String name) {
    OtlpAttributes exception = span.exception();
    JsonValue value = exception == null ? null : exception.get(name);
    return value instanceof JsonValue.Text && !value.isBlank() ? value : null;
  }
}
