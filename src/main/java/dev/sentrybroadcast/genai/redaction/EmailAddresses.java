package dev.sentrybroadcast.genai.redaction;

import java.util.Set;

/** E-mail addresses in a text. */
final class EmailAddresses {

  private static final int MOST_LOCAL_PART = 64;
  private static final int MOST_DOMAIN = 253;

  /** An image's resolution looks like an address: {@code logo@2x.png}. */
  private static final Set<String> FILE_ENDINGS =
      Set.of(
          "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "js", "css", "json", "html", "xml",
          "txt", "pdf");

  private final String text;
  private final int limit;

  EmailAddresses(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /**
   * The address around an at sign; empty where there is none.
   *
   * @param floor before it no address begins
   */
  Span around(int at, int floor) {
    int start = at;
    while (start > floor && at - start < MOST_LOCAL_PART && isLocalPart(text.charAt(start - 1))) {
      start--;
    }
    while (start < at && !Letters.isWord(text.charAt(start))) {
      start++;
    }
    int domain = at + 1;
    int end = domain;
    int label = domain;
    int lastLabel = -1;
    while (end < limit && end - domain <= MOST_DOMAIN) {
      char c = text.charAt(end);
      if (c == '.' && end > label && end + 1 < limit && isDomain(text.charAt(end + 1))) {
        label = end + 1;
        lastLabel = label;
      } else if (!isDomain(c) && !(c == '-' && end > label)) {
        break;
      }
      end++;
    }
    if (lastLabel > 0 && !isTopLevel(lastLabel, end)) {
      // Then what is behind a dash belongs to the sentence.
      int dash = text.indexOf('-', lastLabel, end);
      end = dash < 0 ? end : dash;
    }
    boolean isRemote =
        at - start == 3 && text.startsWith("git", start) && end < limit && text.charAt(end) == ':';
    // At the first pass the domain went on into what is replaced now.
    boolean wentOn =
        end + 1 == limit && limit < text.length() && ".-".indexOf(text.charAt(end)) >= 0;
    boolean isEmail =
        start < at && lastLabel > 0 && isTopLevel(lastLabel, end) && !isRemote && !wentOn;
    return isEmail ? new Span(start, end) : Span.NONE;
  }

  private static boolean isLocalPart(char c) {
    return Letters.isWord(c) || c == '.' || c == '-' || c == '+' || c == '\'' || c == '&';
  }

  private static boolean isDomain(char c) {
    return (c != '_' && Letters.isWord(c)) || (c >= Letters.IDEOGRAPHS && Character.isLetter(c));
  }

  private boolean isTopLevel(int start, int end) {
    if (end - start < 2 || text.startsWith("xn--", start)) {
      return end - start >= 2;
    }
    for (int i = start; i < end; i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return end - start > 4 || !FILE_ENDINGS.contains(text.substring(start, end));
  }
}
