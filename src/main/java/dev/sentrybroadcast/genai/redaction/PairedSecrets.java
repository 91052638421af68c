package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.Set;

/**
 * Secrets that do not stand directly behind their key: of a user and a password, in an array, in an
 * element, or in a field beside the one that names them. Each is found by what stands around it
 * alone, so a second pass finds no more than the first.
 */
final class PairedSecrets {

  private static final String CDATA = "<![CDATA[";

  private final String text;
  private final int from;
  private final int limit;
  private final boolean isWanted;
  private final Hits hits;
  private final Quotes quotes;

  PairedSecrets(
      String text,
      int from,
      int limit,
      Set<Redaction.Kind> kinds,
      Hits hits,
      SecretValues secrets) {
    this.text = text;
    this.from = from;
    this.limit = limit;
    this.isWanted = kinds.contains(Redaction.Kind.SECRET_FIELD);
    this.hits = hits;
    this.quotes = new Quotes(text, limit, secrets);
  }

  /** Looks at a word of 4 or 5 characters. */
  void word(int start, int length) {
    char first = text.charAt(start);
    if (length == 5 && (first == 'v' || first == 'V') && isWanted) {
      new NamedFields(text, from, limit, hits, quotes).read(start);
    } else if (first == 'c' && isWanted && text.startsWith(UserOptions.COMMAND, start)) {
      new UserOptions(text, limit, hits).read(start);
    }
  }

  private void add(int start, int end) {
    hits.add(Redaction.Kind.SECRET_FIELD, start, end);
  }

  /**
   * Looks for {@code auth=("user", "x")}, {@code ["Authorization", "x"]} and {@code passwords:
   * ["x"]}.
   */
  void bracket(int open) {
    Quotes.Quoted first = isWanted ? quotes.at(quotes.afterSpace(open + 1)) : null;
    if (first != null) {
      bracket(open, first);
    }
  }

  private void bracket(int open, Quotes.Quoted first) {
    Quotes.Quoted second =
        quotes.isAt(first.next(), ',') ? quotes.at(quotes.afterSpace(first.next() + 1)) : null;
    int keyEnd = keyEnd(open);
    if (second != null && (isAuth(open, keyEnd) || isNamed(first, second))) {
      if (second.end() > second.start()) {
        add(second.start(), second.end());
      }
    } else if (text.charAt(open) == '['
        && keyEnd < open
        && SecretKeys.endsAt(text, Math.max(from, keyEnd - SecretKeys.MOST_KEY), keyEnd)) {
      list(first);
    }
  }

  /** The end of a key that this is assigned to; else the bracket's place. */
  private int keyEnd(int open) {
    int end = open;
    boolean isAssigned = false;
    while (end > from && open - end < 12 && " \t\"'\\`:=>".indexOf(text.charAt(end - 1)) >= 0) {
      isAssigned |= text.charAt(end - 1) == ':' || text.charAt(end - 1) == '=';
      end--;
    }
    return isAssigned ? end : open;
  }

  private boolean isAuth(int open, int keyEnd) {
    return keyEnd < open
        ? SecretKeys.endsWith("auth", text, from, keyEnd)
        : text.charAt(open) == '('
            && (SecretKeys.endsWith("basicauth", text, from, open)
                || SecretKeys.endsWith("digestauth", text, from, open));
  }

  private boolean isNamed(Quotes.Quoted name, Quotes.Quoted value) {
    return (quotes.isAt(value.next(), ')') || quotes.isAt(value.next(), ']'))
        && name.end() - name.start() <= SecretKeys.MOST_KEY
        && isOfKey(
            text.substring(name.start(), name.end()), text.substring(value.start(), value.end()));
  }

  /**
   * Whether the second of two texts in a row is a secret that the first names. Names may stand in a
   * row, too: {@code ["password", "address_2"]}.
   */
  static boolean isOfKey(String name, String value) {
    if (value.indexOf('(') >= 0 || !SecretKeys.isSecret(name) || SecretKeys.isSecret(value)) {
      return false;
    }
    int wordEnd = value.length();
    while (wordEnd > 0 && NumberShapes.isDigit(value.charAt(wordEnd - 1))) {
      wordEnd--;
    }
    boolean hasDigit = value.length() - wordEnd > 2;
    boolean isWord = true;
    for (int i = 0; i < wordEnd; i++) {
      hasDigit |= NumberShapes.isDigit(value.charAt(i));
      isWord &= Letters.isWord(value.charAt(i));
    }
    boolean isHeader =
        name.indexOf('-') > 0
            || SecretKeys.endsWith("authorization", name, 0, name.length())
            || SecretKeys.endsWith("cookie", name, 0, name.length());
    return isHeader ? hasDigit || !isWord : hasDigit && value.length() >= 8;
  }

  /** All of an array as one, so that JSON stays JSON. */
  private void list(Quotes.Quoted first) {
    Quotes.Quoted last = first;
    while (quotes.isAt(last.next(), ',')) {
      Quotes.Quoted more = quotes.at(quotes.afterSpace(last.next() + 1));
      if (more == null || more.end() - first.start() > Quotes.MOST) {
        return;
      }
      last = more;
    }
    if (quotes.isAt(last.next(), ']')
        && !quotes.isNoSecret(first.start(), first.end())
        && !SecretKeys.endsAt(text, first.start(), first.end())) {
      add(first.start(), last.end());
    }
  }

  /** Looks for {@code <a:Password type="b">x</a:Password>}. */
  void element(int open) {
    if (isWanted) {
      content(open);
    }
  }

  private void content(int open) {
    int end = open + 1;
    int name = end;
    while (end < limit && end - open <= SecretKeys.MOST_KEY && isName(text.charAt(end))) {
      end++;
      name = text.charAt(end - 1) == ':' ? end : name;
    }
    if (end == name || !SecretKeys.endsAt(text, name, end)) {
      return;
    }
    int close = end;
    while (close < limit && close - end < Quotes.MOST && "<>".indexOf(text.charAt(close)) < 0) {
      close++;
    }
    if (!quotes.isAt(close, '>') || text.charAt(close - 1) == '/') {
      return;
    }
    int start = quotes.afterSpace(close + 1);
    boolean isRaw = text.startsWith(CDATA, start);
    start = isRaw ? start + CDATA.length() : start;
    int furthest = Math.max(start, Math.min(limit, start + Quotes.MOST));
    int stop = text.indexOf(isRaw ? "]]>" : "<", start, furthest);
    if ((isRaw || text.startsWith("</", stop)) && !quotes.isNoSecret(start, stop)) {
      add(start, stop);
    }
  }

  private static boolean isName(char c) {
    return Letters.isWord(c) || c == '-' || c == ':' || c == '.';
  }
}
