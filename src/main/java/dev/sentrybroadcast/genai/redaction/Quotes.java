package dev.sentrybroadcast.genai.redaction;

import org.jspecify.annotations.Nullable;

/** Reads quoted texts and the space around them. */
final class Quotes {

  /** Of a text, and of space. */
  static final int MOST = 1_000;

  private final String text;
  private final int limit;
  private final SecretValues secrets;

  Quotes(String text, int limit, SecretValues secrets) {
    this.text = text;
    this.limit = limit;
    this.secrets = secrets;
  }

  /**
   * A quoted text.
   *
   * @param next what follows its quote and space
   */
  record Quoted(int start, int end, int next) {}

  /** The text that is quoted from here on; null where none is, or it is too long. */
  @Nullable Quoted at(int start) {
    int quote = start;
    while (quote < limit && text.charAt(quote) == '\\') {
      quote++;
    }
    if (quote >= limit || !isQuote(text.charAt(quote))) {
      return null;
    }
    int end = secrets.closingQuote(quote + 1, text.charAt(quote), quote - start);
    return end < 0 || end - start > MOST ? null : new Quoted(quote + 1, end, afterQuote(end));
  }

  /** After backslashes, one quote and space. */
  int afterQuote(int start) {
    int at = start;
    while (at < limit && text.charAt(at) == '\\') {
      at++;
    }
    return afterSpace(at < limit && isQuote(text.charAt(at)) ? at + 1 : at);
  }

  int afterSpace(int start) {
    int at = start;
    while (at < limit && at - start < MOST && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  boolean isAt(int place, char c) {
    return place < limit && text.charAt(place) == c;
  }

  /** Whether it is a type or a placeholder, or begins as the name of a variable. */
  boolean isNoSecret(int start, int end) {
    return start >= end
        || "$<{%*[".indexOf(text.charAt(start)) >= 0
        || secrets.isPlaceholder(start, end);
  }

  static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
