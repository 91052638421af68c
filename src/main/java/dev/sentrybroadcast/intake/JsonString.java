package dev.sentrybroadcast.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string of well-formed JSON in UTF-8, unescaped where it stood: it never becomes longer by that.
 *
 * @param end where it ends now
 * @param closing where its closing quote is, or was
 * @param unicodeEscapes whether a {@code \}{@code u} is in it, or was
 */
record JsonString(int end, int closing, boolean unicodeEscapes) {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private static final int REPLACEMENT = 0xFFFD;

  /**
   * Half a surrogate pair becomes U+FFFD.
   *
   * @param start behind the opening quote
   */
  static JsonString unescape(byte[] json, int start) {
    int from = start;
    int to = start;
    boolean unicodeEscapes = false;
    boolean afterBackslash = false;
    while (true) {
      unicodeEscapes |= afterBackslash && json[from] == 'u';
      int end = movePlain(json, from, to);
      to += end - from;
      if (json[end] == '"') {
        return new JsonString(to, end, unicodeEscapes);
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
          unicodeEscapes = true;
          int unit = hex(json, from);
          from += 4;
          if (Character.isHighSurrogate((char) unit)
              && json[from] == '\\'
              && json[from + 1] == 'u'
              && Character.isLowSurrogate((char) hex(json, from + 2))) {
            unit = Character.toCodePoint((char) unit, (char) hex(json, from + 2));
            from += 6;
          } else if (unit <= Character.MAX_VALUE && Character.isSurrogate((char) unit)) {
            unit = REPLACEMENT;
          }
          byte[] utf8 = Character.toString(unit).getBytes(StandardCharsets.UTF_8);
          System.arraycopy(utf8, 0, json, to, utf8.length);
          to += utf8.length;
        }
        default -> json[to++] = escape;
      }
    }
  }

  /** The text between the quotes, read without a change to where it stands. */
  static String read(byte[] json, int start, int closing) {
    byte[] copy = Arrays.copyOfRange(json, start, closing + 1);
    return new String(copy, 0, unescape(copy, 0).end(), StandardCharsets.UTF_8);
  }

  /** Where the closing quote is, from {@code at} within the string. */
  static int closing(byte[] json, int at) {
    int end = endOfPlain(json, at);
    while (json[end] == '\\') {
      end = endOfPlain(json, end + 2);
    }
    return end;
  }

  /** Moves what stands there up to the next quote or backslash, and returns where that is. */
  private static int movePlain(byte[] json, int from, int to) {
    int back = from - to;
    if (back < Long.BYTES) {
      int end = endOfPlain(json, from);
      if (back > 0) {
        System.arraycopy(json, from, json, to, end - from);
      }
      return end;
    }
    // Eight bytes at a time, also the last: what is written too far was read before, and most
    // stretches are too short for a call that copies.
    int i = from;
    int last = json.length - Long.BYTES;
    while (i <= last) {
      long eight = (long) EIGHT_BYTES.get(json, i);
      EIGHT_BYTES.set(json, i - back, eight);
      long found = quotesAndBackslashes(eight);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
      i += Long.BYTES;
    }
    while (json[i] != '"' && json[i] != '\\') {
      json[i - back] = json[i];
      i++;
    }
    return i;
  }

  /** Where the next quote or backslash is, from {@code at}; eight bytes at a time. */
  static int endOfPlain(byte[] json, int at) {
    int i = at;
    int last = json.length - Long.BYTES;
    while (i <= last) {
      long found = quotesAndBackslashes((long) EIGHT_BYTES.get(json, i));
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

  /** The highest bit of each byte that is one, but for those behind the first, which may lie. */
  private static long quotesAndBackslashes(long eight) {
    return zeros(eight ^ ('"' * ONES)) | zeros(eight ^ ('\\' * ONES));
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
}
