package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes shorter messages of messages whose JSON is too long (docs/spans.md, "Truncation"). Takes
 * time linear in their length.
 */
final class MessageTruncator {

  /** What a shortened message or part keeps at least, in bytes of JSON. */
  private static final int LEAST_BYTES = 256;

  /** More than a note with any number in it takes. */
  private static final int NOTE_BYTES = 128;

  private static final int DROPPED = -1;

  private MessageTruncator() {}

  /**
   * Messages of at most {@code bytes} of JSON, made of messages that take more; null where there is
   * no room for any.
   *
   * @param sizes bytes of each message, comma included
   * @param kept index of the message that is cut last
   */
  static @Nullable String messages(List<Message> messages, int[] sizes, int kept, int bytes) {
    int room = bytes - 2 - NOTE_BYTES;
    if (room < 0) {
      return null;
    }
    int[] allowed = allowances(sizes, kept, room);
    List<Message> shortened = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Message message = messages.get(i);
      Message fitting = allowed[i] == sizes[i] ? message : shortened(message, allowed[i] - 1);
      if (fitting != null) {
        shortened.add(fitting);
      }
    }
    int dropped = sizes.length - shortened.size();
    if (dropped > 0) {
      // Not of the system: Sentry would draw the note in the place of the system instructions.
      shortened.addFirst(new Message("assistant", null, List.of(note(dropped, "messages")), null));
    }
    return MessageJson.ofMessages(shortened, bytes, new int[shortened.size()]).toString();
  }

  /**
   * Parts of at most {@code bytes} of JSON, made of parts that take more; null where there is no
   * room for any. The oldest are left out where there are too many even when shortened.
   */
  static @Nullable List<Part> parts(List<Part> parts, int bytes) {
    boolean one = parts.size() == 1;
    int room = bytes - 2 - (one ? 0 : NOTE_BYTES);
    if (room < 0) {
      return null;
    }
    int first = Math.max(0, parts.size() - Math.max(1, room / LEAST_BYTES));
    List<Part> last = parts.subList(first, parts.size());
    int[] sizes = last.stream().mapToInt(it -> one ? room + 1 : MessageJson.size(it) + 1).toArray();
    int level = SpanContent.level(sizes, room);
    List<Part> shortened = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Part fitting = sizes[i] <= level ? last.get(i) : shortened(last.get(i), level - 1);
      if (fitting != null) {
        shortened.add(fitting);
      }
    }
    int dropped = parts.size() - shortened.size();
    if (dropped > 0 && one) {
      return null;
    }
    if (dropped > 0) {
      shortened.addFirst(note(dropped, "parts"));
    }
    return shortened;
  }

  /**
   * Bytes of each message, comma included. In this order: all but the kept message are shortened,
   * oldest first; the kept one is shortened to half of the room; the others are dropped, oldest
   * first; the kept one gets what remains.
   */
  private static int[] allowances(int[] sizes, int kept, int room) {
    int[] allowed = sizes.clone();
    long excess = -room;
    for (int size : sizes) {
      excess += size;
    }
    for (int i = 0; i < sizes.length && excess > 0; i++) {
      if (i != kept) {
        excess -= shorten(allowed, i, LEAST_BYTES, excess);
      }
    }
    excess -= shorten(allowed, kept, room / 2, excess);
    for (int i = 0; i < sizes.length && excess > 0; i++) {
      if (i != kept) {
        excess -= allowed[i];
        allowed[i] = DROPPED;
      }
    }
    shorten(allowed, kept, 0, excess);
    return allowed;
  }

  /** Takes up to {@code excess} bytes away, but leaves {@code least}; returns how many it took. */
  private static long shorten(int[] allowed, int index, int least, long excess) {
    int cut = Math.clamp(excess, 0, Math.max(0, allowed[index] - least));
    allowed[index] -= cut;
    return cut;
  }

  private static @Nullable Message shortened(Message message, int bytes) {
    int around = MessageJson.size(message.with(message.role(), List.of())) - 2;
    List<Part> parts = parts(message.parts(), bytes - around);
    return parts == null ? null : message.with(message.role(), parts);
  }

  /** Null where the part cannot be made short enough. */
  private static @Nullable Part shortened(Part part, int bytes) {
    int textBytes = bytes - MessageJson.size(cut(part, 0));
    return textBytes < 0 ? null : cut(part, textBytes);
  }

  /** The part with at most {@code bytes} of text; JSON becomes a JSON string. */
  private static Part cut(Part part, int bytes) {
    return switch (part) {
      case Part.Text(String text) -> new Part.Text(cut(text, bytes));
      case Part.Reasoning(String text) -> new Part.Reasoning(cut(text, bytes));
      case Part.Refusal(String text) -> new Part.Refusal(cut(text, bytes));
      case Part.ToolCall(String id, String name, JsonText arguments) when arguments != null ->
          new Part.ToolCall(id, name, cut(arguments, bytes));
      // Written twice.
      case Part.ToolResult(String id, String name, JsonText response) ->
          new Part.ToolResult(id, name, cut(response, bytes / 2));
      case Part.Uri(String modality, String mimeType, String uri) ->
          new Part.Uri(modality, mimeType, cut(uri, bytes));
      case Part.Other(String type, JsonText json) -> new Part.Other(type, cut(json, bytes));
      case Part.ToolCall _, Part.Blob _, Part.FileReference _ -> part;
    };
  }

  private static JsonText cut(JsonText json, int bytes) {
    return new JsonText(SpanText.quoted(cut(json.json(), bytes)));
  }

  private static String cut(String text, int bytes) {
    String cut = TextTruncator.inJson(text, bytes);
    return cut == null ? "" : cut;
  }

  private static Part note(int count, String what) {
    return new Part.Text("[" + count + " " + what + " left out]");
  }
}
