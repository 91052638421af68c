package dev.sentrybroadcast.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a message as UTF-8. It can be a range of the event that the message came in, so that
 * a batch of 6 MB is not held twice. Never printed.
 */
public final class MessageBody {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final boolean escapes;

  private MessageBody(byte[] bytes, int offset, int length, boolean escapes) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.escapes = escapes;
  }

  /** Of a text; half a surrogate pair becomes a question mark. */
  public static MessageBody of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new MessageBody(bytes, 0, bytes.length, text.contains("\\u"));
  }

  /**
   * Of a JSON string, which is unescaped where it stands: it never becomes longer by that. What is
   * in {@code json} up to its closing quote is overwritten.
   *
   * @param json well-formed, UTF-8
   * @param start of the string, behind its opening quote
   */
  public static MessageBody unescape(byte[] json, int start) {
    int from = start;
    int to = start;
    boolean escapes = false;
    boolean afterBackslash = false;
    while (true) {
      int end = endOfPlain(json, from);
      escapes |= afterBackslash && end > from && json[from] == 'u';
      if (to != from) {
        System.arraycopy(json, from, json, to, end - from);
      }
      to += end - from;
      if (json[end] == '"') {
        return new MessageBody(json, start, to - start, escapes);
      }
      byte escape = json[end + 1];
      from = end + 2;
      afterBackslash = escape == '\\';
      switch (escape) {
        case 'n' -> json[to++] = '\n';
        case 't' -> json[to++] = '\t';
        case 'r' -> json[to++] = '\r';
        case 'b' -> json[to++] = '\b';
        case 'f' -> json[to++] = '\f';
        case 'u' -> {
          escapes = true;
          int unit = hex(json, from);
          from += 4;
          if (Character.isHighSurrogate((char) unit)
              && json[from] == '\\'
              && json[from + 1] == 'u'
              && Character.isLowSurrogate((char) hex(json, from + 2))) {
            unit = Character.toCodePoint((char) unit, (char) hex(json, from + 2));
            from += 6;
          }
          // Half a pair becomes a question mark. Lambda escapes next to nothing in this way.
          byte[] utf8 = Character.toString(unit).getBytes(StandardCharsets.UTF_8);
          System.arraycopy(utf8, 0, json, to, utf8.length);
          to += utf8.length;
        }
        default -> json[to++] = escape;
      }
    }
  }

  /** Where the next quote or backslash is, from {@code at}; eight bytes at a time. */
  static int endOfPlain(byte[] json, int at) {
    int i = at;
    int last = json.length - Long.BYTES;
    while (i <= last) {
      long eight = (long) EIGHT_BYTES.get(json, i);
      long found = zeros(eight ^ ('"' * ONES)) | zeros(eight ^ ('\\' * ONES));
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      i += Long.BYTES;
    }
    while (json[i] != '"' && json[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The highest bit of each byte that is zero; of later ones it may lie, of the first never. */
  private static long zeros(long bytes) {
    return (bytes - ONES) & ~bytes & HIGH_BITS;
  }

  private static int hex(byte[] json, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = (value << 4) | Character.digit(json[i], 16);
    }
    return value;
  }

  /** Not only of this body. */
  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Whether a {@code \}{@code u} is in it. */
  boolean escapes() {
    return escapes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageBody body
        && Arrays.equals(
            bytes, offset, offset + length, body.bytes, body.offset, body.offset + body.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "MessageBody[" + length + " bytes]";
  }
}
