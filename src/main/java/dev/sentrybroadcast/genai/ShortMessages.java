package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are too long, within a limit and still valid JSON (docs/spans.md, "Truncation").
 * All steps are linear in the length of what is shortened.
 */
final class ShortMessages {

  /** What a shortened message or part keeps at least, in bytes of JSON. */
  private static final int LEAST_BYTES = 256;

  /** More than a placeholder with any number in it takes. */
  private static final int PLACEHOLDER_BYTES = 128;

  private static final int DROPPED = -1;

  private ShortMessages() {}

  /**
   * At most so many bytes; null where there is no room for anything.
   *
   * @param whole how many bytes each message takes in full
   */
  static @Nullable String within(List<Message> messages, int[] whole, int kept, int bytes) {
    int room = bytes - 2 - PLACEHOLDER_BYTES;
    if (room < 0) {
      return null;
    }
    int[] sizes = new int[whole.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = whole[i] + 1;
    }
    int[] allowed = allowances(sizes, kept, room);
    int dropped = 0;
    JsonBuilder out = JsonBuilder.of(bytes).raw('[');
    JsonBuilder.Mark first = out.mark();
    for (int i = 0; i < sizes.length; i++) {
      if (allowed[i] == DROPPED) {
        dropped++;
        continue;
      }
      JsonBuilder.Mark before = comma(out, first);
      if (allowed[i] == sizes[i]) {
        new MessageJson(out).message(messages.get(i));
      } else if (!message(out, messages.get(i), allowed[i] - 1)) {
        out.backTo(before);
        dropped++;
      }
    }
    if (dropped > 0) {
      String left = placeholder(dropped, "messages");
      insert(out, first, "{\"role\":\"system\",\"parts\":[" + left + "]}");
    }
    return out.raw(']').toString();
  }

  /**
   * At most so many bytes of an array of parts, which takes more in full; null where there is no
   * room for it.
   */
  static @Nullable String partsWithin(List<Part> parts, int bytes) {
    JsonBuilder out = JsonBuilder.of(Math.max(0, bytes));
    return partsWithin(out, parts, bytes) ? out.toString() : null;
  }

  /** Writes them, or what cannot be used and false. */
  private static boolean partsWithin(JsonBuilder out, List<Part> parts, int bytes) {
    boolean one = parts.size() == 1;
    int room = bytes - 2 - (one ? 0 : PLACEHOLDER_BYTES);
    if (room < 0) {
      return false;
    }
    // Too many parts even when shortened: the oldest go.
    int first = Math.max(0, parts.size() - Math.max(1, room / LEAST_BYTES));
    int[] sizes = new int[parts.size() - first];
    for (int i = 0; i < sizes.length; i++) {
      // One part takes more than there is room for, or all would not be too long.
      sizes[i] = one ? Integer.MAX_VALUE : size(parts.get(first + i), MessageJson.WHOLE) + 1;
    }
    int level = ContentBudget.level(sizes, room);
    int left = first;
    JsonBuilder.Mark start = out.raw('[').mark();
    for (int i = 0; i < sizes.length; i++) {
      JsonBuilder.Mark before = comma(out, start);
      Part part = parts.get(first + i);
      if (sizes[i] <= level) {
        new MessageJson(out).part(part, MessageJson.WHOLE);
      } else if (!shortened(out, part, level - 1)) {
        out.backTo(before);
        left++;
      }
    }
    if (one && left > 0) {
      return false;
    }
    if (left > 0) {
      insert(out, start, placeholder(left, "parts"));
    }
    out.raw(']');
    return true;
  }

  /** Where it stood, before a comma if anything was written since the start. */
  private static JsonBuilder.Mark comma(JsonBuilder out, JsonBuilder.Mark start) {
    JsonBuilder.Mark before = out.mark();
    if (before.bytes() > start.bytes()) {
      out.raw(',');
    }
    return before;
  }

  private static void insert(JsonBuilder out, JsonBuilder.Mark start, String json) {
    out.insert(start, out.bytes() > start.bytes() ? json + "," : json);
  }

  /** Writes a part that is too long; false where it cannot be made short enough. */
  private static boolean shortened(JsonBuilder out, Part part, int bytes) {
    int textRoom = bytes - size(part, 0) + 2;
    if (textRoom < 2) {
      return false;
    }
    int before = out.bytes();
    new MessageJson(out).part(part, textRoom);
    return out.bytes() - before <= bytes;
  }

  /**
   * Bytes per message, comma included. Oldest first: shortened, then the kept one down to half of
   * the room, then dropped whole; at last the kept one takes what remains.
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
    if (excess > 0) {
      excess -= shorten(allowed, kept, room / 2, excess);
    }
    for (int i = 0; i < sizes.length && excess > 0; i++) {
      if (i != kept) {
        excess -= allowed[i];
        allowed[i] = DROPPED;
      }
    }
    if (excess > 0) {
      shorten(allowed, kept, 0, excess);
    }
    return allowed;
  }

  private static long shorten(int[] allowed, int index, int least, long excess) {
    int cut = (int) Math.min(excess, Math.max(0, allowed[index] - least));
    allowed[index] -= cut;
    return cut;
  }

  private static boolean message(JsonBuilder out, Message message, int bytes) {
    int before = out.bytes();
    MessageJson json = new MessageJson(out);
    json.openMessage(message);
    JsonBuilder end = JsonBuilder.counting();
    new MessageJson(end).closeMessage(message);
    if (!partsWithin(out, message.parts(), bytes - (out.bytes() - before) - end.bytes())) {
      return false;
    }
    json.closeMessage(message);
    return true;
  }

  private static int size(Part part, int room) {
    JsonBuilder count = JsonBuilder.counting();
    new MessageJson(count).part(part, room);
    return count.bytes();
  }

  private static String placeholder(int count, String what) {
    return "{\"type\":\"text\",\"content\":\"[" + count + " " + what + " left out]\"}";
  }
}
