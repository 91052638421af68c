package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.genai.redaction.RedactionCounts;
import dev.sentrybroadcast.genai.redaction.Redactor;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.Scalar;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redacts every text in content of any type. */
record ContentRedaction(Redactor redactor, RedactionCounts counts) {

  /**
   * Content of the same type.
   *
   * @throws IllegalArgumentException for a type that is not known, so that none leaves as it is
   */
  @SuppressWarnings("unchecked")
  <T> T of(T content) {
    return (T)
        switch (content) {
          case String text -> text(text);
          case JsonText json -> json(json);
          case Scalar scalar -> scalar(scalar);
          case Message message -> message(message);
          case Part part -> part(part);
          case List<?> list -> list.stream().map(this::<Object>of).toList();
          default -> throw new IllegalArgumentException(content.getClass() + " is not redacted");
        };
  }

  private String text(String text) {
    return redactor.text(text, counts);
  }

  private @Nullable String orNull(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private JsonText json(JsonText json) {
    return new JsonText(redactor.json(json.json(), counts));
  }

  /** A number that is redacted becomes a text. */
  private Scalar scalar(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Text(String value) -> new Scalar.Text(text(value));
      case Scalar.Whole(long value) -> number(scalar, Long.toString(value));
      case Scalar.Decimal(double value) -> number(scalar, plain(value));
      case Scalar.Flag _ -> scalar;
    };
  }

  /** Without an exponent, in which no number is found. */
  private static String plain(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : "";
  }

  private Scalar number(Scalar scalar, String digits) {
    String redacted = text(digits);
    return redacted.equals(digits) ? scalar : new Scalar.Text(redacted);
  }

  private Message message(Message message) {
    return new Message(
        message.role(),
        orNull(message.name()),
        message.parts().stream().map(this::part).toList(),
        message.finishReason());
  }

  private Part part(Part part) {
    return switch (part) {
      case Part.Text(String text) -> new Part.Text(text(text));
      case Part.Reasoning(String text) -> new Part.Reasoning(text(text));
      case Part.Refusal(String text) -> new Part.Refusal(text(text));
      case Part.ToolCall(String id, String name, JsonText arguments) ->
          new Part.ToolCall(orNull(id), text(name), arguments == null ? null : json(arguments));
      case Part.ToolResult(String id, String name, JsonText response) ->
          new Part.ToolResult(orNull(id), orNull(name), json(response));
      case Part.Blob(String modality, String mimeType, long bytes) ->
          new Part.Blob(text(modality), orNull(mimeType), bytes);
      case Part.Uri(String modality, String mimeType, String uri) ->
          new Part.Uri(text(modality), orNull(mimeType), text(uri));
      case Part.FileReference(String modality, String mimeType, String fileId) ->
          new Part.FileReference(text(modality), orNull(mimeType), text(fileId));
      case Part.Other(String type, JsonText json) -> new Part.Other(text(type), json(json));
    };
  }
}
