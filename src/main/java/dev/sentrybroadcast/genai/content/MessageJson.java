package dev.sentrybroadcast.genai.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON in the convention's shape, {@code role} and {@code parts}
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/, schemas of 1.41.1).
 */
final class MessageJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String TOOL_RESULT = "tool_call_response";

  /** The type of a part that Sentry draws as JSON. */
  private static final String OBJECT = "object";

  private final JsonGenerator out;

  private MessageJson(JsonGenerator out) {
    this.out = out;
  }

  /**
   * An array of messages; its text is kept while it is within the limit.
   *
   * @param sizes gets the bytes of each message, and of the bracket or comma before it
   */
  static BoundedWriter ofMessages(List<Message> messages, int limit, int[] sizes) {
    return written(
        limit,
        (json, text) -> {
          json.out.writeStartArray();
          for (int i = 0; i < sizes.length; i++) {
            int before = text.bytes();
            json.message(messages.get(i));
            json.out.flush();
            sizes[i] = text.bytes() - before;
          }
          json.out.writeEndArray();
        });
  }

  /** System instructions are parts without a message around them. */
  static BoundedWriter ofParts(List<Part> parts, int limit) {
    return written(limit, (json, _) -> json.array(parts, TOOL_RESULT));
  }

  /** Bytes of its JSON. */
  static int size(Message message) {
    return written(0, (json, _) -> json.message(message)).bytes();
  }

  static int size(Part part) {
    return written(0, (json, _) -> json.part(part, TOOL_RESULT)).bytes();
  }

  /** The text of a JSON string; other JSON as it is. */
  static String plain(JsonText json) {
    if (json.json().startsWith("\"")) {
      try (JsonParser parser = FACTORY.createParser(json.json())) {
        return Objects.requireNonNullElse(parser.nextTextValue(), json.json());
      } catch (IOException _) {
        return json.json();
      }
    }
    return json.json();
  }

  /** The field {@code content} of a JSON object; null where it is absent or no text. */
  static @Nullable String textOf(JsonText json) {
    try (JsonParser in = FACTORY.createParser(json.json())) {
      in.nextToken();
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        JsonToken value = in.nextToken();
        if (field.equals("content")) {
          return value == JsonToken.VALUE_STRING ? in.getText() : null;
        }
        in.skipChildren();
      }
    } catch (IOException _) {
      // Then there is no such field.
    }
    return null;
  }

  private static BoundedWriter written(int limit, Writing content) {
    BoundedWriter text = new BoundedWriter(limit);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      content.write(new MessageJson(out), text);
    } catch (IOException e) {
      throw new UncheckedIOException("a writer to memory does not fail", e);
    }
    return text;
  }

  private void array(List<Part> parts, String resultType) throws IOException {
    out.writeStartArray();
    for (Part part : parts) {
      part(part, resultType);
    }
    out.writeEndArray();
  }

  private void message(Message message) throws IOException {
    out.writeStartObject();
    field("role", message.role());
    field("name", message.name());
    out.writeFieldName("parts");
    array(message.parts(), message.role().equals("tool") ? TOOL_RESULT : OBJECT);
    field("finish_reason", finishReason(message.finishReason()));
    out.writeEndObject();
  }

  /** Sentry draws a tool's result as such only in a message of role tool, an object everywhere. */
  private void part(Part part, String resultType) throws IOException {
    out.writeStartObject();
    switch (part) {
      case Part.Text(String text) -> text("text", text);
      case Part.Reasoning(String text) -> text("reasoning", text);
      // The convention knows no refusal, and Sentry draws no part of that type.
      case Part.Refusal(String text) -> {
        text("text", text);
        out.writeBooleanField("refusal", true);
      }
      case Part.ToolCall(String id, String name, JsonText arguments) -> {
        field("type", "tool_call");
        field("id", id);
        field("name", name);
        if (arguments != null) {
          json("arguments", arguments);
        }
      }
      case Part.ToolResult(String id, String name, JsonText response) -> {
        field("type", resultType);
        field("id", id);
        field("name", name);
        // The convention's schema wants "response"; Sentry shows "result", and only as a text.
        json("response", response);
        out.writeStringField("result", plain(response));
      }
      case Part.Blob(String modality, String mimeType, long bytes) -> {
        media("blob", modality, MimeTypes.of(mimeType, modality, ""));
        // The schema wants base64 here: it is empty, because data never leaves.
        out.writeStringField("content", "");
        out.writeNumberField("size", bytes);
      }
      case Part.Uri(String modality, String mimeType, String uri) -> {
        media("uri", modality, MimeTypes.of(mimeType, modality, uri));
        out.writeStringField("uri", uri);
      }
      case Part.FileReference(String modality, String mimeType, String fileId) -> {
        media("file", modality, MimeTypes.of(mimeType, modality, fileId));
        field("file_id", fileId);
      }
      case Part.Other(String type, JsonText content) -> {
        field("type", OBJECT);
        field("kind", type);
        json("content", content);
      }
    }
    out.writeEndObject();
  }

  private void text(String type, String text) throws IOException {
    field("type", type);
    out.writeStringField("content", text);
  }

  private void media(String type, String modality, String mimeType) throws IOException {
    field("type", type);
    field("modality", modality);
    field("mime_type", mimeType);
  }

  private void json(String name, JsonText json) throws IOException {
    out.writeFieldName(name);
    out.writeRawValue(json.json().isBlank() ? "null" : json.json());
  }

  private void field(String name, @Nullable String value) throws IOException {
    if (value != null) {
      out.writeStringField(name, SpanText.attribute(value));
    }
  }

  /** The convention's spelling of what the large providers call the same. */
  private static @Nullable String finishReason(@Nullable String reason) {
    return switch (reason) {
      case null -> null;
      case "tool_calls", "tool_use", "function_call" -> "tool_call";
      case "end_turn", "stop_sequence", "completed" -> "stop";
      case "max_tokens", "max_output_tokens" -> "length";
      case "refusal" -> "content_filter";
      default -> reason;
    };
  }

  private interface Writing {
    void write(MessageJson json, BoundedWriter text) throws IOException;
  }
}
