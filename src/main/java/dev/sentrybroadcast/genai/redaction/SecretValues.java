package dev.sentrybroadcast.genai.redaction;

import java.util.Locale;
import java.util.Set;

/** The value after a secret key in text: where it is, and whether it is one. */
final class SecretValues {

  /** Types and placeholders, as they stand in code and in documentation. */
  private static final Set<String> NO_SECRETS =
      Set.of(
          """
          string str int integer number bool boolean true false null none nil \
          undefined any object array required optional text password hidden secret \
          token yes no bytes varchar char bearer basic default self this\
          """
              .split(" ", -1));

  private static final Set<String> SCHEMES =
      Set.of("bearer", "basic", "token", "apikey", "negotiate", "ntlm", "bot", "key");

  private static final int MOST_NAME = 64;

  /** Before a quote: JSON in JSON in JSON in JSON has 7. */
  private static final int MOST_BACKSLASHES = 7;

  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final boolean[] ENDS = new boolean[0x80];

  static {
    for (char c : ",;&\"'`<>)}]|\\[".toCharArray()) {
      ENDS[c] = true;
    }
  }

  private final String text;
  private final int limit;

  /** Before it stands a text that is too long for a name and was no value: it is not read again. */
  private int noValue;

  SecretValues(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /**
   * @param after what follows the {@code :} or {@code =}
   * @param keyEnd where the key ends
   */
  Span after(int after, int keyStart, int keyEnd, boolean tight) {
    int start = after;
    while (start < limit
        && start - after < 8
        && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    int quote = start;
    while (quote < limit && text.charAt(quote) == '\\') {
      quote++;
    }
    if (quote < limit && "\"'`".indexOf(text.charAt(quote)) >= 0) {
      int backslashes = quote - start;
      // More would let a text make us look for many quotes that are not there.
      int end =
          backslashes > MOST_BACKSLASHES
              ? -1
              : closingQuote(quote + 1, text.charAt(quote), backslashes);
      if (end >= 0) {
        return isPlaceholder(quote + 1, end) ? Span.NONE : new Span(quote + 1, end);
      }
      start = quote + 1;
    }
    if (start < noValue) {
      return Span.NONE;
    }
    int end = wordEnd(start);
    boolean isValue;
    if (SecretKeys.endsWith("authorization", text, keyStart, keyEnd)) {
      return authorization(start, end);
    }
    if (SecretKeys.endsWith("cookie", text, keyStart, keyEnd)) {
      isValue = text.indexOf('=', start, end) > 0;
      end = isValue ? lineEnd(start) : end;
    } else {
      while (end > start && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == ':')) {
        end--;
      }
      isValue =
          looksSecret(start, end, tight && start == after)
              && !(start > after
                  && Letters.isAfterWords(text, keyStart)
                  && SecretKeys.isOrdinaryWord(text, keyStart, keyEnd)
                  && Letters.isPlainWord(text, start, end));
    }
    noValue = isValue ? noValue : Math.max(noValue, end - MOST_NAME);
    return isValue ? new Span(start, end) : Span.NONE;
  }

  /** The value of an option of a command: {@code --password x}. */
  Span ofOption(int dashes) {
    if (!text.startsWith("--", dashes)
        || (dashes > 0 && !Character.isWhitespace(text.charAt(dashes - 1)))) {
      return Span.NONE;
    }
    int start = dashes + 2;
    int end = start;
    while (end < limit && end - start < MOST_NAME && isKey(text.charAt(end))) {
      end++;
    }
    return end < limit && text.charAt(end) == ' ' && SecretKeys.endsAt(text, start, end)
        ? after(end, start, end, /* tight= */ false)
        : Span.NONE;
  }

  /** Also {@code "]}: the key may be an index. */
  boolean isAroundKey(int place, int floor) {
    char c = text.charAt(place);
    if (c == ']') {
      return place > floor && (text.charAt(place - 1) == '"' || text.charAt(place - 1) == '\'');
    }
    return c == ' ' || c == '"' || c == '\'' || c == '\\' || c == '`' || c == '\t';
  }

  static boolean isKey(char c) {
    return Letters.isWord(c) || c == '-' || c == '.';
  }

  /**
   * Where the private key ends that begins here: with its end line, or as far as it can be a key,
   * because a text may be cut. -1 where none begins.
   */
  int privateKeyEnd(int start) {
    if (!text.startsWith("-----BEGIN ", start)) {
      return -1;
    }
    int label = text.indexOf(PRIVATE_KEY, start, Math.min(limit, start + 60));
    if (label < 0) {
      return -1;
    }
    int end = label + PRIVATE_KEY.length();
    while (end < limit
        && (Letters.isWord(text.charAt(end))
            || text.charAt(end) <= ' '
            || "+/=-\\:,".indexOf(text.charAt(end)) >= 0)) {
      if (text.startsWith("-----END ", end)) {
        int close = text.indexOf("-----", end + 9, Math.min(limit, end + 60));
        return close < 0 ? end + 9 : close + 5;
      }
      end++;
    }
    return end;
  }

  /** A scheme and one word, or all parameters of a scheme that has them. */
  private Span authorization(int start, int firstEnd) {
    int end = firstEnd;
    String scheme = text.substring(start, Math.min(end, start + 20)).toLowerCase(Locale.ROOT);
    if (SCHEMES.contains(scheme) && end < limit && text.charAt(end) == ' ') {
      end = wordEnd(end + 1);
    } else if (scheme.equals("digest") || scheme.startsWith("aws4-")) {
      end = lineEnd(start);
    }
    return looksSecret(start, end, /* tight= */ false) || end - start > scheme.length()
        ? new Span(start, end)
        : Span.NONE;
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < limit && !ends(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Of the line, or of the quoted text that the line is in. */
  private int lineEnd(int start) {
    int end = start;
    while (end < limit && "\r\n\"'`\\".indexOf(text.charAt(end)) < 0) {
      boolean isQuoted = text.startsWith("=\"", end);
      int close = isQuoted ? closingQuote(end + 2, '"', 0) : -1;
      end = close < 0 ? end + 1 : close + 1;
    }
    return end;
  }

  /** The same quote after as many backslashes, on the same line; -1 where there is none. */
  int closingQuote(int start, char quote, int backslashes) {
    int run = 0;
    for (int end = start; end < limit && text.charAt(end) != '\n'; end++) {
      char c = text.charAt(end);
      if (c == quote && (backslashes == 0 ? run % 2 == 0 : run <= backslashes)) {
        return end - run;
      }
      run = c == '\\' ? run + 1 : 0;
    }
    return -1;
  }

  static boolean ends(char c) {
    return c < 0x80 ? c <= ' ' || ENDS[c] : c == '\u00A0';
  }

  boolean isPlaceholder(int start, int end) {
    return start == end
        || (end - start <= 10
            && NO_SECRETS.contains(text.substring(start, end).toLowerCase(Locale.ROOT)));
  }

  /**
   * A password and a variable's name can look alike. A digit or a symbol tells a secret; without
   * one a word counts directly after an equals sign, or alone at the end of a line. What goes on
   * with a replacement was not one at the first pass.
   */
  private boolean looksSecret(int start, int end, boolean tight) {
    if (isPlaceholder(start, end)
        || (end == limit && limit < text.length())
        || "$<{%(*[".indexOf(text.charAt(start)) >= 0
        || text.indexOf('(', start, end) >= 0
        || SecretKeys.endsAt(text, start, end)) {
      return false;
    }
    if (!tight && end - start < 3) {
      return false;
    }
    boolean hasDots = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (NumberShapes.isDigit(c) || "!@#%^*+/=~?$".indexOf(c) >= 0) {
        return true;
      }
      hasDots |= c == '.';
    }
    boolean isLineEnd =
        end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
    return !hasDots && (tight || (isLineEnd && end - start >= 4));
  }
}
