package dev.sentrybroadcast.connection;

/** Tells names from addresses, in all the spellings that resolvers take for addresses. */
final class HostName {

  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  private HostName() {}

  /**
   * True for IPv6 in brackets and for whatever ends in a number: {@code 127.1}, {@code 2130706433},
   * {@code 0x7f.1} and {@code 017700000001} are all loopback to some resolver
   * (https://url.spec.whatwg.org/#ends-in-a-number-checker).
   */
  static boolean isAddress(String host) {
    if (host.startsWith("[")) {
      return true;
    }
    int end = host.endsWith(".") ? host.length() - 1 : host.length();
    String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
    return isNumber(last);
  }

  /** Letters, digits and hyphens in labels: no Unicode that folds into something else. */
  static boolean isWellFormed(String host) {
    if (host.isEmpty() || host.length() > MAX_LENGTH) {
      return false;
    }
    int labelLength = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        if (labelLength == 0 || host.charAt(i - 1) == '-') {
          return false;
        }
        labelLength = 0;
        continue;
      }
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && !((c == '-' || c == '_') && labelLength > 0)) {
        return false;
      }
      if (++labelLength > MAX_LABEL_LENGTH) {
        return false;
      }
    }
    return labelLength > 0 && host.charAt(host.length() - 1) != '-';
  }

  private static boolean isNumber(String label) {
    boolean hex = label.startsWith("0x") || label.startsWith("0X");
    for (int i = hex ? 2 : 0; i < label.length(); i++) {
      if (Character.digit(label.charAt(i), hex ? 16 : 10) < 0) {
        return false;
      }
    }
    return !label.isEmpty();
  }
}
