package dev.sentrybroadcast.local;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The text a person would look for in a messages attribute. */
final class MessageText {

  private MessageText() {}

  /** What the last message says or calls; null when the attribute is not there or is not JSON. */
  static @Nullable String last(ReceivedSpan span, String attribute) {
    String json = span.text(attribute);
    if (json == null) {
      return null;
    }
    try {
      List<JsonNode> messages = JsonNode.parser().parse(json).asArray();
      return messages.isEmpty() ? null : text(messages.getLast());
    } catch (RuntimeException _) {
      return json;
    }
  }

  private static String text(JsonNode message) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : message.field("parts").map(JsonNode::asArray).orElse(List.of())) {
      text.append(text.isEmpty() ? "" : " ").append(partText(part));
    }
    return text.toString();
  }

  private static String partText(JsonNode part) {
    String type = part.field("type").map(JsonNode::text).orElse("");
    return switch (type) {
      case "text" -> part.field("content").map(JsonNode::text).orElse("");
      case "tool_call" -> "[calls " + part.field("name").map(JsonNode::text).orElse("?") + "]";
      default -> "[" + type + "]";
    };
  }
}
