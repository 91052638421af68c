package dev.sentrybroadcast.sentry;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives host names and IP addresses one spelling each. */
final class HostName {

  private static final int MAX_LENGTH = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  private HostName() {}

  /**
   * The host in lower case without a trailing dot, an address in its usual spelling, IPv6 in
   * brackets; null if it is neither a well-formed ASCII name nor an address.
   */
  static @Nullable String canonical(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      return canonicalAddress(name.substring(1, name.length() - 1));
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
      return null;
    }
    return isAddress(name) ? canonicalAddress(name) : name;
  }

  /**
   * True for IPv6 in brackets and for every name that ends in a number, because resolvers take
   * {@code 127.1}, {@code 2130706433} and {@code 0x7f.1} for addresses (<a
   * href="https://url.spec.whatwg.org/#ends-in-a-number-checker">ends in a number</a>).
   *
   * @param host in lower case, without a trailing dot
   */
  static boolean isAddress(String host) {
    return host.startsWith("[") || ENDS_IN_NUMBER.matcher(host).matches();
  }

  private static @Nullable String canonicalAddress(String literal) {
    if (literal.indexOf('%') >= 0) {
      return null; // a zone is an interface of this machine
    }
    try {
      String address = InetAddress.ofLiteral(literal).getHostAddress();
      return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
