package dev.sentrybroadcast.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Who sent a request, read as Relay reads it: exactly one of four forms, and the {@code Sentry}
 * prefix is part of the first two.
 *
 * @see <a href="https://github.com/getsentry/relay">relay-server/src/extractors/request_meta.rs</a>
 */
sealed interface RelayAuth {

  record Key(String publicKey) implements RelayAuth {}

  record Refused(int status, String message) implements RelayAuth {}

  record Missing() implements RelayAuth {}

  static RelayAuth of(HttpRequest request) {
    List<String> payloads = new ArrayList<>();
    for (String header : List.of("x-sentry-auth", "authorization")) {
      String value = request.header(header);
      if (value.regionMatches(true, 0, "sentry ", 0, 7)) {
        payloads.add(value.substring(7));
      } else if (header.equals("authorization") && value.regionMatches(true, 0, "basic ", 0, 6)) {
        payloads.add("sentry_key=" + basicUser(value.substring(6).strip()));
      }
    }
    if (request.query().contains("sentry_")) {
      payloads.add(request.query().replace('&', ','));
    }
    return switch (payloads.size()) {
      case 0 -> new Missing();
      case 1 -> parse(payloads.getFirst());
      default -> new Refused(401, "multiple authorization payloads detected");
    };
  }

  private static RelayAuth parse(String payload) {
    String publicKey = "";
    for (String pair : payload.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String value = pair.substring(equals + 1).strip();
      String name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (name.equals("sentry_key")) {
        publicKey = value;
      } else if (name.equals("sentry_version") && !isVersionUpTo7(value)) {
        return new Refused(400, "bad x-sentry-auth header: unsupported protocol version");
      }
    }
    return publicKey.isEmpty()
        ? new Refused(401, "bad x-sentry-auth header: missing required sentry_key")
        : new Key(publicKey);
  }

  private static boolean isVersionUpTo7(String version) {
    return version.length() == 1 && version.charAt(0) >= '0' && version.charAt(0) <= '7';
  }

  private static String basicUser(String base64) {
    try {
      String both = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? both : both.substring(0, colon);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
