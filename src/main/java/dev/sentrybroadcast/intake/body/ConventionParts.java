package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a message in the shape of OpenTelemetry's GenAI conventions; inline data is left out.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
public final class ConventionParts {

  private ConventionParts() {}

  public static List<Part> of(List<JsonValue> parts) {
    List<Part> read = new ArrayList<>(parts.size());
    for (JsonValue each : parts) {
      if (each instanceof JsonObject part) {
        add(part, read);
      } else {
        ContentParts.add(each, read);
      }
    }
    return read;
  }

  private static void add(JsonObject part, List<Part> to) {
    JsonValue content = part.get("content");
    boolean isThinking = "thinking".equals(part.text("type")) && content != null;
    String type = isThinking ? "reasoning" : part.text("type");
    switch (type == null ? "" : type) {
      case "text" -> ContentParts.addText(words(content), to);
      case "reasoning" -> ContentParts.addReasoning(words(content), to);
      case "tool_call" ->
          to.add(
              new Part.ToolCall(
                  part.text("id"),
                  ContentParts.nameOf(part),
                  JsonTexts.ofArguments(part.get("arguments"))));
      case "tool_call_response" ->
          to.add(
              new Part.ToolResult(
                  part.text("id"),
                  part.text("name"),
                  ContentParts.result(part.first("response", "result"))));
      case "blob" -> {
        String data = JsonValue.text(content);
        long bytes = data == null ? 0 : Base64Data.decodedBytes(data, 0, data.length());
        to.add(new Part.Blob(modality(part), part.text("mime_type"), bytes));
      }
      case "uri" -> {
        String uri = part.text("uri");
        to.add(
            new Part.Uri(
                modality(part),
                part.text("mime_type"),
                uri == null ? "" : Base64Data.without(uri)));
      }
      case "file" -> {
        String id = part.text("file_id");
        to.add(
            new Part.FileReference(modality(part), part.text("mime_type"), id == null ? "" : id));
      }
      default -> ContentParts.add(part, to);
    }
  }

  private static String modality(JsonObject part) {
    String modality = part.text("modality");
    return modality == null ? "document" : Limits.cut(modality, 64);
  }

  private static @Nullable String words(@Nullable JsonValue content) {
    return content == null ? null : JsonTexts.words(content);
  }
}
