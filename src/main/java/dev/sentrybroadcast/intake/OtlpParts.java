package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a message in OpenTelemetry's shape; inline data is dropped. */
final class OtlpParts {

  private OtlpParts() {}

  static List<Part> of(List<JsonValue> parts) {
    List<Part> read = new ArrayList<>(parts.size());
    for (JsonValue each : parts) {
      if (each.isText()) {
        ContentParts.add(each, read);
      } else if (each.isMembers()) {
        add(JsonValue.members(each), read);
      }
    }
    return read;
  }

  private static void add(JsonValue.Members part, List<Part> to) {
    String type = JsonValue.text(part.get("type"));
    JsonValue content = part.get("content");
    switch (type == null ? "" : type) {
      case "text" -> ContentParts.addText(words(content), to);
      case "reasoning" -> ContentParts.addReasoning(words(content), to);
      case "tool_call" ->
          to.add(
              new Part.ToolCall(
                  JsonValue.text(part.get("id")),
                  ContentParts.nameOf(part),
                  JsonTexts.ofArguments(part.get("arguments"))));
      case "tool_call_response" ->
          to.add(
              new Part.ToolResult(
                  JsonValue.text(part.get("id")),
                  JsonValue.text(part.get("name")),
                  ContentParts.result(
                      part.has("response") ? part.get("response") : part.get("result"))));
      case "blob" -> {
        String data = JsonValue.text(content);
        long bytes = data == null ? 0 : Base64Data.decodedBytes(data, 0, data.length());
        to.add(new Part.Blob(modality(part), JsonValue.text(part.get("mime_type")), bytes));
      }
      case "uri" -> {
        String uri = JsonValue.text(part.get("uri"));
        to.add(
            new Part.Uri(
                modality(part),
                JsonValue.text(part.get("mime_type")),
                uri == null ? "" : Base64Data.without(uri)));
      }
      case "file" -> {
        String id = JsonValue.text(part.get("file_id"));
        to.add(
            new Part.FileReference(
                modality(part), JsonValue.text(part.get("mime_type")), id == null ? "" : id));
      }
      default -> ContentParts.add(part, to);
    }
  }

  private static String modality(JsonValue.Members part) {
    String modality = JsonValue.text(part.get("modality"));
    return modality == null ? "document" : Limits.cut(modality, 64);
  }

  private static @Nullable String words(@Nullable JsonValue content) {
    return content == null ? null : JsonTexts.words(content);
  }
}
