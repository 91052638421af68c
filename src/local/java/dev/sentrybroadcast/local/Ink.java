package dev.sentrybroadcast.local;

import java.io.Console;

/** Text for a terminal: colour where it can be seen, and no control characters from others. */
record Ink(boolean colour) {

  /** Colour only where both ends are a terminal, and {@code NO_COLOR} is not set. */
  @SuppressWarnings("SystemConsoleNull") // It may be, where the JDK's console module is not.
  static Ink forTerminal(boolean noColor) {
    Console console = System.console();
    return new Ink(!noColor && console != null && console.isTerminal());
  }

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String red(String text) {
    return in("31", text);
  }

  String green(String text) {
    return in("32", text);
  }

  private String in(String code, String text) {
    return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** One line of at most that many characters. */
  static String line(String text, int limit) {
    StringBuilder clean = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
      if (blank) {
        space = !clean.isEmpty();
        continue;
      }
      if (space) {
        clean.append(' ');
        space = false;
      }
      if (clean.length() >= limit - 1 && i < text.length()) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(c);
    }
    return clean.toString();
  }
}
