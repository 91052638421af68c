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

  /** At most so many bytes; null where there is no room for anything. */
  static @Nullable String within(List<Message> messages, int kept, int bytes) {
    int room = bytes - 2 - PLACEHOLDER_BYTES;
    if (room < 0) {
      return null;
    }
    String[] whole = new String[messages.size()];
    int[] sizes = new int[messages.size()];
    for (int i = 0; i < whole.length; i++) {
      JsonBuilder one = new JsonBuilder();
      new MessageJson(one).message(messages.get(i));
      whole[i] = one.toString();
      sizes[i] = Utf8.bytes(whole[i]) + 1;
    }
    int[] allowed = allowances(sizes, kept, room);
    JsonBuilder out = new JsonBuilder(bytes).raw('[');
    int dropped = 0;
    int written = 0;
    StringBuilder later = new StringBuilder();
    for (int i = 0; i < whole.length; i++) {
      String json =
          allowed[i] == sizes[i]
              ? whole[i]
              : allowed[i] == DROPPED ? null : message(messages.get(i), allowed[i] - 1);
      if (json == null) {
        dropped++;
      } else {
        later.append(written++ == 0 ? "" : ",").append(json);
      }
    }
    if (dropped > 0) {
      out.raw("{\"role\":\"system\",\"parts\":[");
      placeholder(out, dropped, " messages left out]");
      out.raw("]}").raw(written == 0 ? "" : ",");
    }
    return out.raw(later.toString()).raw(']').toString();
  }

  /** At most so many bytes of an array of parts; null where there is no room for it. */
  static @Nullable String partsWithin(List<Part> parts, int bytes) {
    boolean one = parts.size() == 1;
    int room = bytes - 2 - (one ? 0 : PLACEHOLDER_BYTES);
    if (room < 0) {
      return null;
    }
    // Too many parts even when shortened: the oldest go.
    int first = Math.max(0, parts.size() - Math.max(1, room / LEAST_BYTES));
    int[] sizes = new int[parts.size() - first];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(parts.get(first + i), MessageJson.WHOLE) + 1;
    }
    int level = ContentBudget.level(sizes, room);
    int left = first;
    int written = 0;
    JsonBuilder kept = new JsonBuilder(bytes);
    for (int i = 0; i < sizes.length; i++) {
      Part part = parts.get(first + i);
      int textRoom = MessageJson.WHOLE;
      if (sizes[i] > level) {
        textRoom = level - 1 - size(part, 0) + 2;
        if (textRoom < 2 || size(part, textRoom) > level - 1) {
          left++;
          continue;
        }
      }
      kept.raw(written++ == 0 ? "" : ",");
      new MessageJson(kept).part(part, textRoom);
    }
    if (one && left > 0) {
      return null;
    }
    JsonBuilder out = new JsonBuilder(bytes).raw('[');
    if (left > 0) {
      placeholder(out, left, " parts left out]");
      out.raw(written == 0 ? "" : ",");
    }
    return out.raw(kept.toString()).raw(']').toString();
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

  private static @Nullable String message(Message message, int bytes) {
    JsonBuilder out = new JsonBuilder();
    MessageJson json = new MessageJson(out);
    json.openMessage(message);
    int opened = out.utf8Bytes(0);
    JsonBuilder end = new JsonBuilder();
    new MessageJson(end).closeMessage(message);
    String parts = partsWithin(message.parts(), bytes - opened - end.utf8Bytes(0));
    return parts == null ? null : out.raw(parts).raw(end.toString()).toString();
  }

  private static int size(Part part, int room) {
    JsonBuilder one = new JsonBuilder();
    new MessageJson(one).part(part, room);
    return one.utf8Bytes(0);
  }

  private static void placeholder(JsonBuilder out, int count, String what) {
    out.raw("{\"type\":\"text\",\"content\":\"[").number(count).raw(what).raw("\"}");
  }
}
