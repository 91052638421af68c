package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import org.jspecify.annotations.Nullable;

/** A LiteLLM record and the objects in it that several readers need. */
record LiteLlmRecord(
    ObjectView record, ObjectView response, ObjectView metadata, ObjectView parameters) {

  LiteLlmRecord(ObjectView record) {
    this(
        record,
        ApiBodies.responseOf(record, "response"),
        record.object("metadata"),
        record.object("model_parameters"));
  }

  /** A word; it leaves in privacy mode. */
  @Nullable String callType() {
    return record.word("call_type");
  }

  /**
   * Epoch seconds as a number or a text, or a text without an offset, which is in UTC; null where
   * there is none.
   */
  static @Nullable Long time(ObjectView fields, String field) {
    Long time = Times.epochNanos(fields.get(field));
    if (time == null && fields.get(field) instanceof JsonValue.Text(String text)) {
      time = Times.epochNanos(new JsonValue.Text(text.strip() + "Z"));
    }
    return time == null ? fields.time(field) : time; // drops what is no time
  }

  /** The type is the error's class, since the codes of providers differ for the same error. */
  Failure failure() {
    JsonObject said = record.json().object("error_information");
    JsonValue message = said.get("error_message");
    return Failures.ofObject(
        ObjectView.of(
            JsonObject.NONE
                .with("type", unlessBlank(said.get("error_class")))
                .with("code", unlessBlank(said.get("error_code")))
                .with("message", unlessBlank(message) == null ? record.get("error_str") : message)),
        null);
  }

  private static @Nullable JsonValue unlessBlank(@Nullable JsonValue value) {
    return value == null || value.isBlank() ? null : value;
  }
}
