package dev.sentrybroadcast.genai;

import org.jspecify.annotations.Nullable;

/** Shortens a text from the middle: its head and its tail, and between them what was left out. */
final class TextCut {

  private static final String MARKER_START = "…[";
  private static final String MARKER_END = " characters left out]…";
  private static final int MARKER_BYTES = Utf8.bytes(MARKER_START) + Utf8.bytes(MARKER_END) + 10;
  private static final int QUOTES = 2;

  /** With fewer there is no room for the marker of a quoted text. */
  static final int LEAST_QUOTED_BYTES = QUOTES + MARKER_BYTES;

  /** Characters to go on by at first; the step is halved whenever it is too long. */
  private static final int STEP = 4096;

  private final String text;
  private final boolean escaped;

  private TextCut(String text, boolean escaped) {
    this.text = text;
    this.escaped = escaped;
  }

  /** At most so many bytes of UTF-8; null where not even the marker fits. */
  static @Nullable String plain(String text, int bytes) {
    if (bytes < MARKER_BYTES) {
      return null;
    }
    JsonBuilder out = JsonBuilder.of(Math.min(bytes, Utf8.MOST_BYTES_PER_CHAR * text.length()));
    new TextCut(text, false).write(out, bytes);
    return out.toString();
  }

  /**
   * Writes a JSON string of at most so many bytes, quotes included; an empty one where there is no
   * room.
   */
  static void quoted(JsonBuilder out, String text, int bytes) {
    out.raw('"');
    if (bytes >= LEAST_QUOTED_BYTES) {
      new TextCut(text, true).write(out, bytes - QUOTES);
    }
    out.raw('"');
  }

  private void write(JsonBuilder out, int bytes) {
    int room = bytes - MARKER_BYTES;
    JsonBuilder used = JsonBuilder.counting();
    int head = reach(used, room - room / 2, 0, text.length());
    int tail = reach(used, room, text.length(), head);
    part(out, 0, head);
    if (tail > head) {
      String marker = MARKER_START + text.codePointCount(head, tail) + MARKER_END;
      out.plain(marker, 0, marker.length());
    }
    part(out, tail, text.length());
  }

  /** The furthest place from one towards another with which no more than so many bytes are used. */
  private int reach(JsonBuilder used, int bytes, int from, int towards) {
    int direction = Integer.signum(towards - from);
    int reached = from;
    // A character takes at least one byte: there is no need to look further at first.
    int step = Math.min(STEP, bytes - used.bytes());
    while (step > 0 && reached != towards) {
      int far = Math.min(step, Math.abs(towards - reached));
      int next = boundary(reached + direction * far, direction);
      JsonBuilder.Mark before = used.mark();
      part(used, Math.min(reached, next), Math.max(reached, next));
      if (used.bytes() <= bytes) {
        reached = next;
      } else {
        used.backTo(before);
        step /= 2;
      }
    }
    return reached;
  }

  /** The place, or the next one in this direction where it stands within a surrogate pair. */
  private int boundary(int at, int direction) {
    boolean within =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return within ? at + direction : at;
  }

  private void part(JsonBuilder out, int from, int to) {
    if (escaped) {
      out.text(text, from, to);
    } else {
      out.plain(text, from, to);
    }
  }
}
