package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arranges messages so that Sentry's views draw all of them. */
final class DrawnMessages {

  private static final String TOOL_ROLE = "tool";
  private static final String ASSISTANT_ROLE = "assistant";

  private DrawnMessages() {}

  /**
   * Of an input message Sentry draws texts and media, or else objects, tool calls, or tool results.
   * So one that mixes them is split where the kind changes.
   */
  static List<Message> input(List<Message> messages) {
    List<Message> drawn = new ArrayList<>();
    for (Message message : messages) {
      List<Part> run = new ArrayList<>();
      String kind = null;
      for (Part part : known(message.parts())) {
        String next = kind(part);
        if (kind != null && next != null && !next.equals(kind)) {
          drawn.add(run(message, kind, run));
          run = new ArrayList<>();
        }
        kind = next == null ? kind : next;
        run.add(part);
      }
      drawn.add(run(message, kind, run));
    }
    return drawn;
  }

  /** Sentry draws an empty bubble for an empty answer, and of an output the assistant's alone. */
  static List<Message> output(List<Message> messages) {
    return messages.stream()
        .map(message ->
            message.with(
                role(message).equals(TOOL_ROLE) ? ASSISTANT_ROLE : role(message),
                known(message.parts()).stream().filter(part -> !isBlank(part)).toList()))
        .filter(message -> !message.parts().isEmpty())
        .toList();
  }

  /** A compaction's text is a text, redacted thinking a thought; both have types of their own. */
  private static List<Part> known(List<Part> parts) {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Other(String type, JsonText json) when type.equals("compaction") -> {
                String text = MessageJson.textOf(json);
                yield text == null ? part : new Part.Text(text);
              }
              case Part.Other(String type, JsonText _) when type.equals("redacted_thinking") ->
                  new Part.Reasoning("[redacted]");
              default -> part;
            })
        .toList();
  }

  /** Null for reasoning: Sentry draws it beside parts of any kind, and never in an input. */
  private static @Nullable String kind(Part part) {
    return switch (part) {
      case Part.Text _, Part.Refusal _, Part.Blob _, Part.Uri _, Part.FileReference _ -> "text";
      case Part.ToolCall _ -> "call";
      case Part.ToolResult _ -> TOOL_ROLE;
      case Part.Other _ -> "object";
      case Part.Reasoning _ -> null;
    };
  }

  /** Sentry knows system, user, assistant and tool; others are drawn as they are. */
  private static String role(Message message) {
    return switch (message.role()) {
      case "model", "ai" -> ASSISTANT_ROLE;
      case "human" -> "user";
      case "developer" -> "system";
      case "function" -> TOOL_ROLE;
      default -> message.role();
    };
  }

  private static boolean isBlank(Part part) {
    return switch (part) {
      case Part.Text(String text) -> text.isBlank();
      case Part.Reasoning(String text) -> text.isBlank();
      default -> false;
    };
  }

  private static Message run(Message message, @Nullable String kind, List<Part> parts) {
    return message.with(TOOL_ROLE.equals(kind) ? TOOL_ROLE : role(message), parts);
  }
}
