package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON in the convention's shape, {@code role} and {@code parts}
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/, schemas of 1.41.1).
 */
final class MessageJson {

  /** Room for a part's text that means: all of it. */
  static final int WHOLE = -1;

  /** Of a message or part around what it says, at least. */
  private static final int LEAST_BYTES_AROUND = 20;

  private final JsonBuilder out;

  MessageJson(JsonBuilder out) {
    this.out = out;
  }

  /** Returns how many bytes each message takes. */
  static int[] messages(JsonBuilder out, List<Message> messages) {
    MessageJson json = new MessageJson(out);
    int[] sizes = new int[messages.size()];
    out.raw('[');
    for (int i = 0; i < sizes.length; i++) {
      if (i > 0) {
        out.raw(',');
      }
      int before = out.bytes();
      json.message(messages.get(i));
      sizes[i] = out.bytes() - before;
    }
    out.raw(']');
    return sizes;
  }

  /** No more than they take as JSON, and not much less where they are long. */
  static long leastBytes(List<Message> messages) {
    long bytes = 0;
    for (Message message : messages) {
      bytes += LEAST_BYTES_AROUND + leastBytesOfParts(message.parts());
    }
    return bytes;
  }

  static long leastBytesOfParts(List<Part> parts) {
    long bytes = 0;
    for (Part part : parts) {
      bytes += LEAST_BYTES_AROUND;
      if (part instanceof Part.Text(String text)) {
        bytes += text.length();
      } else if (part instanceof Part.ToolResult(_, _, JsonText(String json))) {
        bytes += 2 * JsonBuilder.leastBytes(json);
      }
    }
    return bytes;
  }

  /** System instructions are parts without a message around them. */
  static void parts(JsonBuilder out, List<Part> parts) {
    new MessageJson(out).partArray(parts);
  }

  void message(Message message) {
    openMessage(message);
    partArray(message.parts());
    closeMessage(message);
  }

  void openMessage(Message message) {
    out.raw("{\"role\":").text(SpanText.attribute(message.role()));
    field("name", message.name());
    out.raw(",\"parts\":");
  }

  void closeMessage(Message message) {
    if (message.finishReason() != null) {
      out.raw(",\"finish_reason\":").text(finishReason(message.finishReason()));
    }
    out.raw('}');
  }

  private void partArray(List<Part> parts) {
    out.raw('[');
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      part(parts.get(i), WHOLE);
    }
    out.raw(']');
  }

  /** One part; {@code room} is how many bytes its text or JSON may take, or {@link #WHOLE}. */
  void part(Part part, int room) {
    switch (part) {
      case Part.Text(String text) -> textPart("text", text, room);
      case Part.Reasoning(String text) -> textPart("reasoning", text, room);
      // The convention knows no refusal: a generic part.
      case Part.Refusal(String text) -> textPart("refusal", text, room);
      case Part.ToolCall(String id, String name, JsonText arguments) -> {
        open("tool_call");
        field("id", id);
        field("name", name);
        if (arguments != null) {
          out.raw(",\"arguments\":");
          json(arguments.json(), room);
        }
      }
      case Part.ToolResult(String id, String name, JsonText response) -> {
        open("tool_call_response");
        field("id", id);
        field("name", name);
        // The convention's schema wants "response"; Sentry shows "result".
        int half = room == WHOLE ? WHOLE : room / 2;
        out.raw(",\"response\":");
        json(response.json(), half);
        out.raw(",\"result\":");
        json(response.json(), half);
      }
      case Part.Blob(String modality, String mimeType, long bytes) -> {
        open("blob");
        media(modality, mimeType);
        // The schema wants base64 here: it is empty, because data never leaves.
        out.raw(",\"content\":\"\",\"size\":").number(bytes);
      }
      case Part.Uri(String modality, String mimeType, String uri) -> {
        open("uri");
        media(modality, mimeType);
        out.raw(",\"uri\":");
        string(uri, room);
      }
      case Part.FileReference(String modality, String mimeType, String fileId) -> {
        open("file");
        media(modality, mimeType);
        field("file_id", fileId);
      }
      case Part.Other(String type, JsonText json) -> {
        open(type);
        out.raw(",\"content\":");
        json(json.json(), room);
      }
    }
    out.raw('}');
  }

  private void textPart(String type, String text, int room) {
    open(type);
    out.raw(",\"content\":");
    string(text, room);
  }

  private void open(String type) {
    out.raw("{\"type\":").text(SpanText.attribute(type));
  }

  private void media(String modality, @Nullable String mimeType) {
    field("modality", modality);
    field("mime_type", mimeType);
  }

  private void field(String name, @Nullable String value) {
    if (value != null) {
      out.raw(",\"").raw(name).raw("\":").text(SpanText.attribute(value));
    }
  }

  private void string(String text, int room) {
    if (room == WHOLE) {
      out.text(text);
    } else {
      TextCut.quoted(out, text, room);
    }
  }

  /** JSON that is too long becomes a string of its head and tail. */
  private void json(String json, int room) {
    if (room == WHOLE || Utf8.isWithin(json, room)) {
      out.json(json);
    } else {
      string(json, room);
    }
  }

  /** The convention's spelling of what the large providers call the same. */
  private static String finishReason(String reason) {
    return switch (reason) {
      case "tool_calls", "tool_use", "function_call" -> "tool_call";
      case "end_turn", "stop_sequence", "completed" -> "stop";
      case "max_tokens", "max_output_tokens" -> "length";
      case "refusal" -> "content_filter";
      default -> SpanText.attribute(reason);
    };
  }
}
