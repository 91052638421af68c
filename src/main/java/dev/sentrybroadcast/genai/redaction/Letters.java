package dev.sentrybroadcast.genai.redaction;

/** What of a text belongs to a word. */
final class Letters {

  static final int DIGIT = 1;
  static final int LETTER = 2;
  static final int UNDERSCORE = 4;

  /**
   * From here on a letter is a word of its own, or a part of one that is written without spaces.
   */
  static final int IDEOGRAPHS = 0x2E80;

  private static final byte[] BITS = new byte[0x80];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      BITS[c] = LETTER;
      BITS[c - 'a' + 'A'] = LETTER;
    }
    for (char c = '0'; c <= '9'; c++) {
      BITS[c] = DIGIT;
    }
    BITS['_'] = UNDERSCORE;
  }

  private Letters() {}

  static boolean isWord(char c) {
    return bits(c) != 0;
  }

  /** Whether it is small letters, perhaps after a capital, that can be read as a word. */
  static boolean isPlainWord(String text, int start, int end) {
    int consonants = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean isVowel = c >= 0x80 || "aeiouyAEIOUY".indexOf(c) >= 0;
      consonants = isVowel ? 0 : consonants + 1;
      if (consonants > 5 || !(i == start ? Character.isLetter(c) : Character.isLowerCase(c))) {
        return false;
      }
    }
    return true;
  }

  /** Whether other words of its line stand before what begins here. */
  static boolean isAfterWords(String text, int start) {
    int before = start - 1;
    if (before < 0 || text.charAt(before) != ' ') {
      return false;
    }
    while (before >= 0 && " \t\"'`-*>#".indexOf(text.charAt(before)) >= 0) {
      before--;
    }
    return before >= 0 && text.charAt(before) != '\n';
  }

  /** A set of the above; 0 for what belongs to no word. */
  static int bits(char c) {
    return c < 0x80 ? BITS[c] : c < IDEOGRAPHS && Character.isLetter(c) ? LETTER : 0;
  }
}
