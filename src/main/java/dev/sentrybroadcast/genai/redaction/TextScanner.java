package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is to be redacted in one text, in one pass from left to right. Each detector looks at
 * a bounded number of characters, or goes on behind what it has read, so the time is linear.
 */
final class TextScanner {

  /** Of one group: a phone number. */
  private static final int SHORTEST_NUMBER = 7;

  private final String text;
  private final int limit;
  private final Set<Redaction.Kind> kinds;
  private final Hits hits;
  private final Context.Finder context;
  private final NumberShapes numbers;
  private final PhoneNumbers phones;
  private final EmailAddresses emails;
  private final SecretValues secrets;
  private final PairedSecrets pairs;
  private final UrlSecrets urls;
  private final Tokens tokens;

  /** No hit begins before it: the end of the last hit, marker or escape. */
  private int floor;

  /** The end of the last hit: no key begins before it. */
  private int afterHit;

  private int readAsV6;

  /**
   * @param key what the text is the value of; null where it has no key
   */
  TextScanner(
      String text,
      int from,
      int limit,
      @Nullable String key,
      Set<Redaction.Kind> kinds,
      Hits hits) {
    this.text = text;
    this.limit = limit;
    this.kinds = kinds;
    this.hits = hits;
    this.floor = from;
    this.afterHit = from;
    this.context = new Context.Finder(text, from, key);
    this.numbers = new NumberShapes(text, limit, context);
    this.phones = new PhoneNumbers(text, limit);
    this.emails = new EmailAddresses(text, limit);
    this.secrets = new SecretValues(text, limit);
    this.pairs = new PairedSecrets(text, from, limit, kinds, hits, secrets);
    this.urls = new UrlSecrets(text, limit);
    this.tokens = new Tokens(text, limit);
  }

  void scan() {
    int from = floor;
    // An array is read faster than a String.
    char[] chars = new char[limit - from];
    text.getChars(from, limit, chars, 0);
    int at = 0;
    while (at < chars.length) {
      char c = chars[at];
      int bits = Letters.bits(c);
      if (bits == 0) {
        at = c <= ' ' || c == ',' || c == '.' ? at + 1 : symbol(c, from + at) - from;
      } else {
        int end = at + 1;
        int more;
        while (end < chars.length && (more = Letters.bits(chars[end])) != 0) {
          bits |= more;
          end++;
        }
        at = word(from + at, from + end, bits) - from;
      }
    }
  }

  /** Handles a maximal run of letters, digits and underscores; returns where to go on. */
  private int word(int start, int end, int bits) {
    char next = end < limit ? text.charAt(end) : ' ';
    int length = end - start;
    if (length >= 16
        || ((next == '-' || next == '.') && length <= 10)
        || (next == '/' && length == 1)) {
      int found = hit(Redaction.Kind.JWT, start, tokens.jwtEnd(start));
      found = found > 0 ? found : hit(Redaction.Kind.TOKEN, start, tokens.end(start));
      if (found > 0) {
        return found;
      }
    }
    if (length == 6 && next == ' ' && text.regionMatches(true, start, "bearer", 0, 6)) {
      int found = hit(Redaction.Kind.TOKEN, end + 1, tokens.bearerEnd(end + 1));
      return found > 0 ? found : end;
    }
    if (next == ':' && length <= 4 && start >= readAsV6) {
      int found = v6(start);
      if (found > 0) {
        return found;
      }
    }
    boolean maybeId = (bits & Letters.DIGIT) != 0 || (length == 2 && next == ' ');
    if (maybeId && NumberShapes.isFreeBefore(text, start, floor)) {
      boolean maybeNumber = length >= SHORTEST_NUMBER || NumberShapes.separator(next) >= 0;
      int found = maybeNumber && NumberShapes.isDigit(text.charAt(start)) ? number(start) : -1;
      if (found < 0 && (length >= 4)) {
        found = hit(Redaction.Kind.IBAN, start, Iban.end(text, start, limit));
      }
      if (found < 0) {
        found = hit(Redaction.Kind.NATIONAL_ID, start, LetterIds.end(text, start, length, limit));
      }
      return found > 0 ? found : end;
    }
    if (length == 4 || length == 5) {
      pairs.word(start, length);
    }
    return end;
  }

  private int number(int start) {
    NumberShapes.Match match = numbers.at(start);
    int found = match == null ? -1 : hit(match.kind(), start, match.end());
    found =
        found < 0 ? hit(Redaction.Kind.IP, start, IpAddresses.v4End(text, start, limit)) : found;
    found = found < 0 ? hit(Redaction.Kind.PHONE, start, phones.national(start)) : found;
    return found < 0 ? hit(Redaction.Kind.PHONE, start, phones.announced(start, context)) : found;
  }

  private int symbol(char c, int at) {
    int found =
        switch (c) {
          case '@' -> secret(Redaction.Kind.EMAIL, emails.around(at, floor));
          case ':', '=', '\uFF1A', '>' -> assignment(c, at);
          case '+' ->
              isAfterWord(at) ? -1 : hit(Redaction.Kind.PHONE, at, phones.international(at));
          case '(' -> {
            pairs.bracket(at);
            yield isAfterWord(at) ? -1 : hit(Redaction.Kind.PHONE, at, phones.withAreaCode(at));
          }
          case '[' -> {
            pairs.bracket(at);
            yield -1;
          }
          case '<' -> {
            pairs.element(at);
            yield -1;
          }
          case '-' -> dash(at);
          case '\\' -> escape(at);
          default -> -1;
        };
    return found > at ? found : at + 1;
  }

  private boolean isAfterWord(int at) {
    return at > floor && Letters.isWord(text.charAt(at - 1));
  }

  /** In JSON that stands in a text, the letter after a backslash is no part of the next word. */
  private int escape(int at) {
    if (at + 1 < limit && "nrtbf\"\\/".indexOf(text.charAt(at + 1)) >= 0) {
      floor = at + 2;
      return at + 2;
    }
    return -1;
  }

  private int dash(int at) {
    int found = hit(Redaction.Kind.PRIVATE_KEY, at, secrets.privateKeyEnd(at));
    return found < 0 ? secret(Redaction.Kind.SECRET_FIELD, secrets.ofOption(at)) : found;
  }

  /** At a {@code :}, {@code =} or {@code >}: an address, or a key with its value. */
  private int assignment(char c, int at) {
    char next = at + 1 < limit ? text.charAt(at + 1) : ' ';
    if (c == ':' && next == '/' && text.startsWith("://", at)) {
      return secret(Redaction.Kind.URL_SECRET, urls.inAddress(at + 3));
    }
    if (c == ':' && next == ':' && at >= readAsV6) {
      int found = v6(at);
      if (found > 0) {
        return found;
      }
    }
    int keyEnd = at;
    while (keyEnd > afterHit
        && at - keyEnd < SecretKeys.MOST_KEY
        && secrets.isAroundKey(keyEnd - 1, afterHit)) {
      keyEnd--;
    }
    int least = Math.max(floor < keyEnd ? floor : afterHit, keyEnd - SecretKeys.MOST_KEY);
    int keyStart = keyEnd;
    while (keyStart > least && SecretValues.isKey(text.charAt(keyStart - 1))) {
      keyStart--;
    }
    char before = keyStart > least ? text.charAt(keyStart - 1) : ' ';
    if (c == '='
        && keyEnd == at
        && (before == '?' || before == '&')
        && kinds.contains(Redaction.Kind.URL_SECRET)) {
      return secret(Redaction.Kind.URL_SECRET, urls.inQuery(keyStart, keyEnd));
    }
    boolean isTag = c == '>';
    if (!kinds.contains(Redaction.Kind.SECRET_FIELD)
        || (isTag && before != '<')
        || !SecretKeys.endsAt(text, least, keyEnd)) {
      return -1;
    }
    int value = at + 1;
    if ((c == ':' && next == '=') || (c == '=' && next == '>')) {
      value++;
    } else if (c == '=' && next == '=') {
      return at + 2;
    }
    boolean tight = c != ':' && keyEnd == at;
    return secret(Redaction.Kind.SECRET_FIELD, secrets.after(value, keyStart, keyEnd, tight));
  }

  private int secret(Redaction.Kind kind, Span found) {
    return found.end() > found.start() ? hit(kind, found.start(), found.end()) : -1;
  }

  private int v6(int start) {
    IpAddresses.V6 address = IpAddresses.v6(text, start, limit);
    readAsV6 = address.end();
    return address.isAddress() ? hit(Redaction.Kind.IP, start, address.end()) : -1;
  }

  /** Adds a hit if its kind is wanted; returns its end, or -1. */
  private int hit(Redaction.Kind kind, int start, int end) {
    if (end < 0 || !kinds.contains(kind)) {
      return -1;
    }
    hits.add(kind, start, end);
    floor = end;
    afterHit = end;
    return end;
  }
}
