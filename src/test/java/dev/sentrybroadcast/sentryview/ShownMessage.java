package dev.sentrybroadcast.sentryview;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message of an attribute, as Sentry's views read it.
 *
 * @param roleGiven whether the message says its role
 * @param parts null for a message of the older form, which has a content in place of parts
 */
record ShownMessage(
    String role, boolean roleGiven, @Nullable List<JsonNode> parts, @Nullable JsonNode content) {

  static final Set<String> MEDIA = Set.of("blob", "uri", "file");

  /** Of an input message Sentry draws the parts of the first of these groups that it has. */
  private static final List<Set<String>> GROUPS =
      List.of(
          Set.of("text", "blob", "uri", "file"),
          Set.of("object"),
          Set.of("tool_call"),
          Set.of("tool_call_response"));

  private static final Set<String> DRAWN_IN_OUTPUT =
      Set.of("text", "blob", "uri", "file", "reasoning", "tool_call", "object");

  /** Null where the text is no JSON. */
  static @Nullable JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException _) {
      return null;
    }
  }

  static boolean looksLikeJson(String text) {
    return text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{");
  }

  /** JSON that does not parse has no messages. */
  static List<ShownMessage> read(String attribute, String role) {
    if (looksLikeJson(attribute) || attribute.stripLeading().startsWith("\"")) {
      JsonNode json = json(attribute);
      return json == null ? List.of() : read(json, role);
    }
    return read(JsonMapper.shared().getNodeFactory().stringNode(attribute), role);
  }

  private static List<ShownMessage> read(JsonNode value, String role) {
    if (value.isArray()) {
      return value.valueStream().flatMap(item -> one(item, role).stream()).toList();
    }
    if (value.isObject() && value.has("messages")) {
      JsonNode inner = value.get("messages");
      return join(
          older("system", value.get("system")),
          inner.isString() ? read(inner.stringValue(), role) : read(inner, role));
    }
    if (value.isObject() && value.has("prompt")) {
      return join(older("system", value.get("system")), older("user", value.get("prompt")));
    }
    return one(value, role);
  }

  private static List<ShownMessage> one(JsonNode item, String role) {
    if (item.isString()) {
      return item.stringValue().isBlank()
          ? List.of()
          : List.of(new ShownMessage(role, false, null, item));
    }
    String own = item.path("role").asString("");
    boolean given = !own.isEmpty();
    JsonNode parts = item.path("parts");
    if (parts.isArray()) {
      List<JsonNode> objects = parts.valueStream().filter(JsonNode::isObject).toList();
      return List.of(new ShownMessage(given ? own : role, given, objects, null));
    }
    return Stream.of("content", "completion")
        .filter(item::has)
        .map(key -> new ShownMessage(given ? own : role, given, null, item.get(key)))
        .limit(1)
        .toList();
  }

  private static List<ShownMessage> older(String role, @Nullable JsonNode content) {
    return content == null || content.asString("x").isEmpty()
        ? List.of()
        : List.of(new ShownMessage(role, true, null, content));
  }

  private static List<ShownMessage> join(List<ShownMessage> first, List<ShownMessage> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  Set<String> kinds() {
    return parts == null
        ? Set.of()
        : parts.stream()
            .map(part -> part.path("type").asString(""))
            .filter(type -> !type.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> group() {
    Set<String> kinds = kinds();
    return GROUPS.stream()
        .filter(group -> kinds.stream().anyMatch(group::contains))
        .findFirst()
        .orElse(Set.of());
  }

  /**
   * Types of parts that are lost because they are not drawn. Thinking of an earlier answer is drawn
   * where it was answered, never in an input.
   */
  Set<String> unseenKinds(boolean input) {
    Set<String> unseen = new TreeSet<>(kinds());
    unseen.removeAll(input ? group() : DRAWN_IN_OUTPUT);
    unseen.remove("reasoning");
    return unseen;
  }

  boolean hasMediaWithoutType() {
    return parts != null
        && parts.stream()
            .filter(part -> MEDIA.contains(part.path("type").asString("")))
            .anyMatch(part -> part.path("mime_type").asString("").isEmpty());
  }

  /** What is drawn of an input message; empty where that is nothing. */
  String drawnAsInput() {
    if (parts == null) {
      JsonNode inner = content == null ? null : content.isString() ? json(text(content)) : content;
      return inner == null || !inner.isContainer() ? text(content) : drawnContent(inner);
    }
    Set<String> group = group();
    if (group.contains("text")) {
      return texts(parts);
    }
    Stream<JsonNode> found =
        parts.stream().filter(part -> group.contains(part.path("type").asString("")));
    return group.contains("tool_call_response")
        ? found.map(part -> inJavaScript(part.get("result"))).collect(Collectors.joining("\n"))
        : found.map(JsonNode::toString).collect(Collectors.joining("\n"));
  }

  /** Whether an output message shows anything: text, reasoning, a tool call or an object. */
  boolean isDrawnAsOutput() {
    if (parts == null) {
      return !drawnAsInput().isEmpty();
    }
    return parts.stream()
        .anyMatch(part ->
            part.path("type").asString("").equals("reasoning")
                ? !firstText(part, "content", "text").isEmpty()
                : DRAWN_IN_OUTPUT.contains(part.path("type").asString("")));
  }

  private String drawnContent(JsonNode json) {
    return json.isArray() && !role.equals("tool")
        ? texts(json.valueStream().toList())
        : json.toString();
  }

  /** The text of parts; an empty one shows as {@code (no value)}, media as a note. */
  private static String texts(List<JsonNode> parts) {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : parts) {
      String type = part.path("type").asString("");
      String text = firstText(part, "text", "content").strip();
      if (MEDIA.contains(type)) {
        texts.add(
            "[redacted content of type \"" + part.path("mime_type").asString("unknown") + "\"]");
      } else if (type.equals("text")) {
        texts.add(text.isEmpty() ? "(no value)" : text);
      } else if (type.isEmpty() && !text.isEmpty()) {
        texts.add(text);
      }
    }
    return String.join("\n", texts);
  }

  /** The system prompt: the texts of its parts, else the attribute as it is. */
  static String instructions(String attribute) {
    JsonNode parts = json(attribute);
    String joined =
        parts == null || !parts.isArray()
            ? ""
            : parts
                .valueStream()
                .map(part -> firstText(part, "text", "content"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    return joined.isEmpty() ? attribute : joined;
  }

  private static String firstText(JsonNode part, String... keys) {
    return Stream.of(keys)
        .map(key -> text(part.get(key)))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String text(@Nullable JsonNode node) {
    return node != null && node.isString() ? node.stringValue() : "";
  }

  /** How JavaScript's {@code String()} and {@code join()} write the value. */
  private static String inJavaScript(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      return value.valueStream().map(ShownMessage::inJavaScript).collect(Collectors.joining(","));
    }
    return value.isObject() ? "[object Object]" : value.asString();
  }
}
