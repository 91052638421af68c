package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;

/** The passwords of commands: {@code curl -u user:x}. */
final class UserOptions {

  static final String COMMAND = "curl";

  private static final String[] OPTIONS = {"--user", "--proxy-user", "-u", "-U"};

  private final String text;
  private final int limit;
  private final Hits hits;

  UserOptions(String text, int limit, Hits hits) {
    this.text = text;
    this.limit = limit;
    this.hits = hits;
  }

  /** Reads the options of a command, up to the next. */
  void read(int command) {
    int at = command + COMMAND.length();
    while (at < limit
        && at - command < Quotes.MOST
        && !isLineEnd(at)
        && !text.startsWith(COMMAND, at)) {
      char before = text.charAt(at - 1);
      if (text.charAt(at) == '-' && (before <= ' ' || Quotes.isQuote(before))) {
        at = Math.max(at, password(afterOption(at)));
      }
      at++;
    }
  }

  /** A line can go on behind a sign. */
  private boolean isLineEnd(int at) {
    return text.charAt(at) == '\n' && "\\^`".indexOf(text.charAt(at - 1)) < 0;
  }

  /** Where the value of an option for a user begins; -1 for another option. */
  private int afterOption(int dash) {
    for (String option : OPTIONS) {
      if (text.startsWith(option, dash)) {
        int end = dash + option.length();
        int value = end;
        while (value < limit && value - end < 6 && " \t=\"',\\".indexOf(text.charAt(value)) >= 0) {
          value++;
        }
        // -uuser:x is the short option, too.
        return value > end || option.length() == 2 ? value : -1;
      }
    }
    return -1;
  }

  /** Returns where to go on: another command may stand in the value. */
  private int password(int start) {
    if (start < 0) {
      return start;
    }
    char quote = text.charAt(start - 1);
    int colon = -1;
    int end = start;
    while (end < limit && end - start < Quotes.MOST && !ends(text.charAt(end), quote)) {
      colon = colon < 0 && text.charAt(end) == ':' ? end : colon;
      end++;
    }
    boolean goesOn = end == limit && limit < text.length();
    if (colon < 0 || goesOn || text.startsWith("://", colon)) {
      return start;
    }
    int close = text.charAt(end - 1) == '\\' ? end - 1 : end;
    if (close > colon + 1 && "$<{%*[".indexOf(text.charAt(colon + 1)) < 0) {
      hits.add(Redaction.Kind.SECRET_FIELD, colon + 1, close);
    }
    return colon;
  }

  private static boolean ends(char c, char quote) {
    boolean isQuoted = quote == '"' || quote == '\'';
    return isQuoted ? c == quote || c == '\n' : c <= ' ' || c == '\\' || Quotes.isQuote(c);
  }
}
