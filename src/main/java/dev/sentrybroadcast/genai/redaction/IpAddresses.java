package dev.sentrybroadcast.genai.redaction;

/** IPv4 and IPv6 addresses in text, but for loopback and unspecified ones. */
final class IpAddresses {

  private IpAddresses() {}

  /** Where the IPv4 address that begins at the digit at {@code start} ends, or -1. */
  static int v4End(String text, int start, int limit) {
    int at = start;
    for (int group = 0; group < 4; group++) {
      int end = NumberShapes.digitsEnd(text, at, Math.min(limit, at + 4));
      boolean isLeadingZero = end - at > 1 && text.charAt(at) == '0';
      boolean isDivided = group == 3 || (end < limit && text.charAt(end) == '.');
      if (!isDivided
          || end == at
          || end - at > 3
          || isLeadingZero
          || Integer.parseInt(text, at, end, 10) > 255) {
        return -1;
      }
      at = group < 3 ? end + 1 : end;
    }
    boolean goesOn =
        at + 1 < limit && text.charAt(at) == '.' && NumberShapes.isDigit(text.charAt(at + 1));
    boolean isWord = at < limit && Letters.isWord(text.charAt(at));
    if (goesOn || isWord || isVersion(text, start, at, limit)) {
      return -1;
    }
    return text.startsWith("127.", start) || text.startsWith("0.0.0.0", start) ? -1 : at;
  }

  /** Four numbers after a name, a {@code v} or a word for versions, or before a further part. */
  private static boolean isVersion(String text, int start, int end, int limit) {
    if (end + 1 < limit
        && (text.charAt(end) == '-' || text.charAt(end) == '.' || text.charAt(end) == '+')
        && Character.isLetterOrDigit(text.charAt(end + 1))) {
      return !(text.charAt(end) == '-' && NumberShapes.isDigit(text.charAt(end + 1)));
    }
    char before = start == 0 ? ' ' : text.charAt(start - 1);
    if (before == '-' || before == '_' || before == '^' || before == '~') {
      return true;
    }
    if (before == '/') {
      return start > 1
          && Letters.isWord(text.charAt(start - 2))
          && !endsWithFourNumbers(text, start - 1);
    }
    if (before == '=') {
      return start > 1 && text.charAt(start - 2) == '=';
    }
    int word = start;
    while (word > 0 && start - word < 3 && " :\"'=".indexOf(text.charAt(word - 1)) >= 0) {
      word--;
    }
    return endsWithWord(text, word, "version")
        || endsWithWord(text, word, "release")
        || endsWithWord(text, word, "build")
        || endsWithWord(text, word, "section")
        || endsWithWord(text, word, "chapter");
  }

  private static boolean endsWithFourNumbers(String text, int end) {
    int dots = 0;
    int at = end;
    while (at > 0
        && end - at < 15
        && (NumberShapes.isDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '.')) {
      at--;
      dots += text.charAt(at) == '.' ? 1 : 0;
    }
    return dots == 3;
  }

  private static boolean endsWithWord(String text, int end, String word) {
    return text.regionMatches(/* ignoreCase= */ true, end - word.length(), word, 0, word.length());
  }

  /**
   * What looks like an IPv6 address.
   *
   * @param end where it ends; what is before has been read
   */
  record V6(int end, boolean isAddress) {}

  /** Reads groups of hex digits with colons from {@code start} on. */
  static V6 v6(String text, int start, int limit) {
    int groups = 0;
    int longest = 0;
    boolean shortened = false;
    boolean hasDigit = false;
    int at = start;
    if (text.startsWith("::", at)) {
      shortened = true;
      at += 2;
    }
    while (at < limit) {
      int group = at;
      while (at < limit && at - group < 5 && Character.digit(text.charAt(at), 16) >= 0) {
        hasDigit |= NumberShapes.isDigit(text.charAt(at++));
      }
      longest = Math.max(longest, at - group);
      if (at == group || at - group > 4 || ++groups == 8) {
        break;
      }
      if (text.startsWith("::", at) && !shortened) {
        shortened = true;
        at += 2;
      } else if (at + 1 < limit && text.charAt(at) == ':' && isHex(text.charAt(at + 1))) {
        at++;
      } else {
        break;
      }
    }
    boolean hasPort = groups == 8 && at + 1 < limit && NumberShapes.isDigit(text.charAt(at + 1));
    boolean isWhole =
        at >= limit || (!Letters.isWord(text.charAt(at)) && (text.charAt(at) != ':' || hasPort));
    // Groups of two digits are a hardware address, or a part of an array.
    boolean isEnough =
        shortened ? groups < 8 && (groups > 2 || longest > 2) : (groups == 8 && longest > 2);
    boolean isHost = at > start && text.charAt(at - 1) != ':';
    return new V6(Math.max(at, start + 1), isWhole && isEnough && hasDigit && isHost);
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }
}
