package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.Set;

/** Parts of a text in percent-encoding, as the values in an address are. */
final class UrlEncoding {

  private UrlEncoding() {}

  /** Finds in each encoded part what its decoded text has. */
  static void scan(String text, int from, int limit, Set<Redaction.Kind> kinds, Hits hits) {
    int read = from;
    int percent = -1;
    int plus = -1;
    while (true) {
      percent = percent < read ? next('%', text, read, limit) : percent;
      plus = plus < read ? next('+', text, read, limit) : plus;
      int sign = Math.min(percent, plus);
      if (sign == limit) {
        return;
      }
      int start = sign;
      while (start > read && isPart(text.charAt(start - 1))) {
        start--;
      }
      int end = sign + 1;
      while (end < limit && (isPart(text.charAt(end)) || text.charAt(end) == '%')) {
        end++;
      }
      read = end;
      if (percent >= end && !isInQuery(text, from, start, end < limit ? text.charAt(end) : ' ')) {
        continue;
      }
      int[] places = new int[end - start + 1];
      String decoded = decoded(text, start, end, places);
      if (percent >= end || decoded.length() < end - start) {
        Hits within = new Hits();
        // The scanner can tell that a replacement follows.
        String whole = end == limit && limit < text.length() ? decoded + '[' : decoded;
        new TextScanner(whole, 0, decoded.length(), null, kinds, within).scan();
        hits.addAll(within, places);
      }
    }
  }

  private static int next(char sign, String text, int start, int limit) {
    int found = text.indexOf(sign, start, limit);
    return found < 0 ? limit : found;
  }

  /** Whether the value of a parameter begins here, in which a plus is a space. */
  private static boolean isInQuery(String text, int from, int value, char next) {
    if (value <= from || text.charAt(value - 1) != '=') {
      return false;
    }
    if (next == '&') {
      return true;
    }
    int key = value - 1;
    while (key > from
        && value - key < SecretKeys.MOST_KEY
        && SecretValues.isKey(text.charAt(key - 1))) {
      key--;
    }
    return key > from && (text.charAt(key - 1) == '?' || text.charAt(key - 1) == '&');
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
