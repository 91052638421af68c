package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.Set;

/** Parts of a text in percent-encoding, as the values in an address are. */
final class UrlEncoding {

  private UrlEncoding() {}

  /** Finds in each encoded part what its decoded text has. */
  static void scan(String text, int from, int limit, Set<Redaction.Kind> kinds, Hits hits) {
    int read = from;
    for (int sign = text.indexOf('%', from, limit);
        sign >= 0;
        sign = text.indexOf('%', read, limit)) {
      int start = sign;
      while (start > read && isPart(text.charAt(start - 1))) {
        start--;
      }
      int end = sign + 1;
      while (end < limit && (isPart(text.charAt(end)) || text.charAt(end) == '%')) {
        end++;
      }
      read = end;
      int[] places = new int[end - start + 1];
      String decoded = decoded(text, start, end, places);
      if (decoded.length() < end - start) {
        Hits within = new Hits();
        // The scanner can tell that a replacement follows.
        String whole = end == limit && limit < text.length() ? decoded + '[' : decoded;
        new TextScanner(whole, 0, decoded.length(), null, kinds, within).scan();
        hits.addAll(within, places);
      }
    }
  }

  /**
   * Decodes ASCII. Each byte of another character becomes a letter, so that a word stays one.
   *
   * @param places is told where in the text each decoded character begins
   */
  private static String decoded(String text, int start, int end, int[] places) {
    char[] decoded = new char[end - start];
    int length = 0;
    int at = start;
    while (at < end) {
      places[length] = at;
      char c = text.charAt(at++);
      if (c == '+') {
        c = ' ';
      } else if (c == '%' && at + 1 < end) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        if (high >= 0 && low >= 0) {
          c = high < 8 ? (char) (high * 16 + low) : '\u00E9';
          at += 2;
        }
      }
      decoded[length++] = c;
    }
    places[length] = end;
    return new String(decoded, 0, length);
  }

  private static boolean isPart(char c) {
    return Letters.isWord(c) || "-.~+*()!".indexOf(c) >= 0;
  }
}
