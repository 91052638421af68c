package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts in content, as people read them: without JSON around a message's words. */
final class PlainText {

  private PlainText() {}

  /** The texts of revealed content: messages, parts, JSON or a text. */
  static Stream<String> of(@Nullable Object content) {
    return switch (content) {
      case null -> Stream.of();
      case List<?> items -> items.stream().flatMap(PlainText::of);
      case Message message -> message.parts().stream().flatMap(PlainText::ofPart);
      case Part part -> ofPart(part);
      case JsonText json -> Stream.of(MessageJson.plain(json));
      default -> Stream.of(content.toString());
    };
  }

  private static Stream<String> ofPart(Part part) {
    return switch (part) {
      case Part.Text(String text) -> Stream.of(text);
      case Part.Reasoning(String text) -> Stream.of(text);
      case Part.Refusal(String text) -> Stream.of(text);
      case Part.ToolCall(_, String name, JsonText arguments) ->
          arguments == null ? Stream.of(name) : Stream.of(name, MessageJson.plain(arguments));
      case Part.ToolResult(_, _, JsonText response) -> Stream.of(MessageJson.plain(response));
      case Part.Uri(_, _, String uri) -> Stream.of(uri);
      case Part.FileReference(_, _, String fileId) -> Stream.of(fileId);
      case Part.Other(_, JsonText json) -> Stream.of(json.json());
      case Part.Blob _ -> Stream.of();
    };
  }
}
