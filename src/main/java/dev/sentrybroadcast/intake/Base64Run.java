package dev.sentrybroadcast.intake;

/**
 * Finds the data in a run of base64's letters, line breaks and backslashes, which may as well be a
 * list of long names. Data on several lines is wrapped: all but the last have one length, which is
 * that of whole groups of four letters, as tools wrap, or there is a {@code +}, which names have
 * not. Data has one alphabet: no {@code +} or {@code /} beside a {@code -} or {@code _}, and none
 * of the latter where it is wrapped.
 */
final class Base64Run {

  /** So many letters in one line are no word of any language; 384 bytes of data. */
  static final int DATA_CHARS = 512;

  /** Tools wrap base64 at 60 characters or more. */
  private static final int LINE_CHARS = 60;

  private final String text;
  private final int end;
  private int at;
  private int dataStart;

  Base64Run(String text, int start, int end) {
    this.text = text;
    this.end = end;
    this.at = start;
  }

  int dataStart() {
    return dataStart;
  }

  int dataEnd() {
    return at;
  }

  /** Goes on to the next data; false where there is no more. */
  boolean find() {
    while (at < end) {
      int line = afterBreaks(at);
      int lineEnd = lineEnd(line);
      int letters = letters(line, lineEnd);
      if (letters >= DATA_CHARS
          ? inLine(line, lineEnd, letters)
          : wrapped(line, lineEnd, letters)) {
        return true;
      }
    }
    return false;
  }

  /** Data in a line that is long enough by itself, and in the lines that it is wrapped to. */
  private boolean inLine(int line, int lineEnd, int letters) {
    int start = line;
    int standard = -1;
    int urlSafe = -1;
    int i = line;
    for (; i < lineEnd; i++) {
      char c = text.charAt(i);
      if (isUrlSafe(c)) {
        if (standard >= start) {
          if (isData(start, i)) {
            break;
          }
          start = standard + 1;
        }
        urlSafe = i;
      } else if (isStandard(c)) {
        if (urlSafe >= start) {
          if (isData(start, i)) {
            break;
          }
          start = urlSafe + 1;
        }
        standard = i;
      }
    }
    if (!isData(start, i)) {
      at = lineEnd;
      return false;
    }
    at = i < lineEnd ? i : endOfLines(lineEnd, letters, true);
    return found(start);
  }

  private boolean wrapped(int line, int lineEnd, int letters) {
    int equal = endOfLines(lineEnd, letters, false);
    at = equal;
    if (equal == lineEnd || letters < LINE_CHARS) {
      return false;
    }
    int dataEnd = endOfLines(lineEnd, letters, true);
    if (!isData(line, dataEnd)
        || hasUrlSafe(line, dataEnd)
        || !(letters % 4 == 0 || contains('+', line, dataEnd))) {
      return false;
    }
    at = dataEnd;
    return found(line);
  }

  /** The backslash before a quote is not the data's. */
  private boolean found(int start) {
    dataStart = start;
    while (text.charAt(at - 1) == '\\') {
      at--;
    }
    return true;
  }

  /** Where the lines with so many letters end, and the shorter one that is behind several. */
  private int endOfLines(int firstEnd, int letters, boolean withLast) {
    int last = firstEnd;
    while (last < end) {
      int line = afterBreaks(last);
      int lineEnd = lineEnd(line);
      int here = letters(line, lineEnd);
      if (here != letters) {
        boolean isLast = last > firstEnd && here < letters && !hasUrlSafe(line, lineEnd);
        return withLast && isLast ? lineEnd : last;
      }
      last = lineEnd;
    }
    return last;
  }

  private boolean isData(int start, int dataEnd) {
    if (dataEnd - start < DATA_CHARS) {
      return false;
    }
    boolean upper = false;
    boolean lower = false;
    boolean digit = false;
    for (int i = start; i < start + DATA_CHARS; i++) {
      char c = text.charAt(i);
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      digit |= c >= '0' && c <= '9';
    }
    return upper && lower && digit;
  }

  private boolean contains(char c, int start, int stop) {
    return text.indexOf(c, start, stop) >= 0;
  }

  private boolean hasUrlSafe(int start, int stop) {
    return contains('-', start, stop) || contains('_', start, stop);
  }

  private int letters(int line, int lineEnd) {
    int letters = 0;
    for (int i = line; i < lineEnd; i++) {
      letters += text.charAt(i) == '\\' ? 0 : 1;
    }
    return letters;
  }

  private int afterBreaks(int from) {
    int i = from;
    for (int width = breakAt(i); width > 0; width = breakAt(i)) {
      i += width;
    }
    return i;
  }

  private int lineEnd(int line) {
    int i = line;
    while (i < end && breakAt(i) == 0) {
      i++;
    }
    return i;
  }

  /** How many characters of a line break are here; it may be escaped, as in JSON in a text. */
  private int breakAt(int i) {
    if (i >= end) {
      return 0;
    }
    char c = text.charAt(i);
    if (c == '\n' || c == '\r') {
      return 1;
    }
    boolean escaped =
        c == '\\' && i + 1 < end && (text.charAt(i + 1) == 'n' || text.charAt(i + 1) == 'r');
    return escaped ? 2 : 0;
  }

  private static boolean isUrlSafe(char c) {
    return c == '-' || c == '_';
  }

  private static boolean isStandard(char c) {
    return c == '+' || c == '/';
  }
}
