package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A LiteLLM record and the objects in it that several readers ask. */
record LiteLlmRecord(Fields record, Fields response, Fields metadata, Fields parameters) {

  LiteLlmRecord(Fields record) {
    this(
        record,
        record.objectIfAny("response"),
        record.object("metadata"),
        record.object("model_parameters"));
  }

  @Nullable String callType() {
    return record.text("call_type");
  }

  /**
   * Epoch seconds as a number or text, or a text without an offset, which is meant in UTC; null
   * where there is none.
   */
  static @Nullable Long time(Fields fields, String field) {
    JsonValue value = fields.get(field);
    if (value == null) {
      return null;
    }
    Long time = Times.epochNanos(value);
    String text = time == null ? JsonValue.text(value) : null;
    if (text != null) {
      time = Times.epochNanos(new JsonValue.Text(text.strip() + "Z"));
    }
    if (time == null) {
      fields.drop(field);
    }
    return time;
  }

  /** The error's class is its type: the codes of different providers differ for the same thing. */
  Failure failure() {
    Fields said = record.objectIfAny("error_information");
    Map<String, JsonValue> error = new LinkedHashMap<>();
    put(error, "type", said.get("error_class"));
    put(error, "code", said.get("error_code"));
    put(
        error,
        "message",
        isBlank(said.get("error_message")) ? record.get("error_str") : said.get("error_message"));
    return FailureReader.ofObject(Fields.record(new JsonValue.Members(error), ""), null);
  }

  private static void put(Map<String, JsonValue> to, String name, @Nullable JsonValue value) {
    if (!isBlank(value) && value != null) {
      to.put(name, value);
    }
  }

  private static boolean isBlank(@Nullable JsonValue value) {
    String text = JsonValue.text(value);
    return value == null || (text != null && text.isBlank());
  }
}
