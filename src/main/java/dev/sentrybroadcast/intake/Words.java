package dev.sentrybroadcast.intake;

/** Tells names from sentences: what leaves in privacy mode must not be able to quote a prompt. */
final class Words {

  private static final int CHARS = 64;

  private Words() {}

  /** Letters, digits and {@code _ - . : /}; no spaces. */
  static boolean isWord(String text) {
    if (text.isEmpty() || text.length() > CHARS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !isInner(c) && c != ':' && c != '/') {
        return false;
      }
    }
    return true;
  }

  /** A word as types and codes of errors are: it starts with a letter. */
  static boolean isIdentifier(String text) {
    return isWord(text)
        && isLetter(text.charAt(0))
        && text.indexOf(':') < 0
        && text.indexOf('/') < 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isInner(char c) {
    return (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  }
}
