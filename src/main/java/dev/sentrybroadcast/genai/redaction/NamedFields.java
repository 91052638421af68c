package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;

/** Values whose names stand in a field beside them. */
final class NamedFields {

  /** How many fields the name and the value may be apart. */
  private static final int FIELDS = 2;

  /** Of a key, and of a field before the value. */
  private static final int MOST = 64;

  private static final String VALUE = "value";

  private final String text;
  private final int from;
  private final int limit;
  private final Hits hits;
  private final Quotes quotes;

  NamedFields(String text, int from, int limit, Hits hits, Quotes quotes) {
    this.text = text;
    this.from = from;
    this.limit = limit;
    this.hits = hits;
    this.quotes = quotes;
  }

  /** {@code key="Password" value="x"} and {@code "value": "x", "name": "Password"}. */
  void read(int value) {
    int sign = quotes.afterQuote(value + VALUE.length());
    Quotes.Quoted found = isSign(sign) ? quotes.at(quotes.afterSpace(sign + 1)) : null;
    int key = found == null ? -1 : keyStart(sign, VALUE);
    if (found != null
        && key >= 0
        && (isNamedBefore(key) || isNamedAfter(found.next()))
        && !quotes.isNoSecret(found.start(), found.end())) {
      hits.add(Redaction.Kind.SECRET_FIELD, found.start(), found.end());
    }
  }

  private boolean isNamedAfter(int start) {
    int at = start;
    for (int i = 0; i < FIELDS; i++) {
      at = quotes.isAt(at, ',') ? quotes.afterSpace(at + 1) : at;
      int sign = at;
      while (sign < limit && sign - at < MOST && isKey(text.charAt(sign))) {
        sign++;
      }
      Quotes.Quoted next = isSign(sign) ? quotes.at(quotes.afterSpace(sign + 1)) : null;
      if (next == null) {
        return false;
      }
      if (isName(sign, next.start(), next.end())) {
        return true;
      }
      at = next.next();
    }
    return false;
  }

  private boolean isNamedBefore(int start) {
    int at = start;
    for (int i = 0; i < FIELDS; i++) {
      int end = before(at, " ,\t\r\n") - 1;
      if (end <= from || !Quotes.isQuote(text.charAt(end))) {
        return false;
      }
      int quote = end - 1;
      while (quote > from && end - quote < MOST && text.charAt(quote) != text.charAt(end)) {
        quote--;
      }
      int sign = before(quote, " \\") - 1;
      if (sign < from || !isSign(sign)) {
        return false;
      }
      if (isName(sign, quote + 1, before(end, "\\"))) {
        return true;
      }
      at = before(sign, " \"'\\");
      while (at > from && SecretValues.isKey(text.charAt(at - 1))) {
        at--;
      }
      at = before(at, "\"'\\");
    }
    return false;
  }

  /** Whether the field before the sign is a name, and its value is that of a secret. */
  private boolean isName(int sign, int start, int end) {
    return (keyStart(sign, "name") >= 0 || keyStart(sign, "key") >= 0)
        && SecretKeys.endsAt(text, start, end);
  }

  /** Where this key before the sign begins, with its quote; -1 if there is another. */
  private int keyStart(int sign, String key) {
    int start = before(sign, " \"'\\") - key.length();
    boolean isKey =
        start >= from
            && text.regionMatches(/* ignoreCase= */ true, start, key, 0, key.length())
            && (start == from || !SecretValues.isKey(text.charAt(start - 1)));
    return isKey ? before(start, "\"'\\") : -1;
  }

  /** Before these characters in front of a place. */
  private int before(int place, String characters) {
    int at = place;
    while (at > from && place - at < MOST && characters.indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private boolean isSign(int place) {
    return quotes.isAt(place, '=') || quotes.isAt(place, ':');
  }

  private static boolean isKey(char c) {
    return SecretValues.isKey(c) || c == ' ' || c == '\\' || Quotes.isQuote(c);
  }
}
