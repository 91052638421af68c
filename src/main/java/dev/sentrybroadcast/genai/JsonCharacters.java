package dev.sentrybroadcast.genai;

import java.util.Arrays;

/** What each character takes in JSON, and how those are escaped that a JSON string cannot hold. */
final class JsonCharacters {

  /** Characters that one may become. */
  static final int MOST_ESCAPED = 6;

  /** In place of a size: the character cannot stay as it is, or is half of a pair. */
  static final int SPECIAL = 0x40;

  private static final String HEX = "0123456789abcdef";

  /** Bytes of UTF-8 of each character of a JSON string, and which ones are special. */
  private static final byte[] IN_STRING = new byte[Character.MAX_VALUE + 1];

  /** The same where nothing is escaped. */
  private static final byte[] IN_JSON;

  static {
    // Copied rather than filled: at a cold start a loop of so many rounds takes a millisecond.
    IN_STRING[0] = 3;
    for (int done = 1; done < IN_STRING.length; done *= 2) {
      System.arraycopy(IN_STRING, 0, IN_STRING, done, done);
    }
    Arrays.fill(IN_STRING, Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1, (byte) SPECIAL);
    Arrays.fill(IN_STRING, 0, 0x800, (byte) 2);
    Arrays.fill(IN_STRING, 0, 0x80, (byte) 1);
    IN_JSON = IN_STRING.clone();
    Arrays.fill(IN_STRING, 0, ' ', (byte) SPECIAL);
    IN_STRING['"'] = SPECIAL;
    IN_STRING['\\'] = SPECIAL;
  }

  private JsonCharacters() {}

  /** Bytes of one character in a JSON string, or where nothing is escaped; or {@link #SPECIAL}. */
  static int size(char c, boolean escaped) {
    return escaped ? IN_STRING[c] : IN_JSON[c];
  }

  /** Bytes of four characters; {@link #SPECIAL} or more if one of them is special. */
  static int sizeOfFour(char[] chars, int at, boolean escaped) {
    byte[] sizes = escaped ? IN_STRING : IN_JSON;
    return sizes[chars[at]] + sizes[chars[at + 1]] + sizes[chars[at + 2]] + sizes[chars[at + 3]];
  }

  /** Writes a special character of ASCII; returns how many characters, and bytes, that takes. */
  static int escape(char c, char[] to, int at) {
    to[at] = '\\';
    switch (c) {
      case '"', '\\' -> to[at + 1] = c;
      case '\n' -> to[at + 1] = 'n';
      case '\r' -> to[at + 1] = 'r';
      case '\t' -> to[at + 1] = 't';
      default -> {
        to[at + 1] = 'u';
        to[at + 2] = '0';
        to[at + 3] = '0';
        to[at + 4] = HEX.charAt(c >> 4);
        to[at + 5] = HEX.charAt(c & 0xF);
        return MOST_ESCAPED;
      }
    }
    return 2;
  }
}
