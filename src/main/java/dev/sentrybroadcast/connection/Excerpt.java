package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the part of a response body that may be shown: short, printable ASCII, and without the keys
 * that were sent, which the other end may have returned.
 */
final class Excerpt {

  /** Of the body that are looked at. */
  static final int MAX_BYTES = 4 * 1024;

  static final int MAX_CHARACTERS = 200;

  private static final String MASK = "***";

  /** Everything that is as long as the keys that Sentry makes. */
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{32,}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[^!-~]+");

  /** Up to a character that is in no DSN. */
  private static final Pattern LAST_WORD = Pattern.compile("[^\\s\\x00-\\x1f\"',;<>(){}\\[\\]]*$");

  /**
   * The {@code message} of a {@code google.rpc.Status}, in which OTLP wraps errors, after an
   * optional code (https://opentelemetry.io/docs/specs/otlp/#failures-1).
   */
  private static final Pattern STATUS_MESSAGE =
      Pattern.compile("(?:\\x08.)?\\x12[\\x80-\\xff]*[\\x00-\\x7f](.*)", Pattern.DOTALL);

  private final List<String> secrets;

  private Excerpt(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Masks the DSN as it was given, its key, and the secret that old DSNs have. */
  static Excerpt without(@Nullable String dsnText, @Nullable Dsn dsn) {
    List<String> secrets = new ArrayList<>();
    if (dsnText != null && !dsnText.isBlank()) {
      secrets.add(dsnText.strip());
      Matcher secret = Pattern.compile("://[^:]*:(.+)@").matcher(dsnText);
      if (secret.find()) {
        secrets.add(secret.group(1));
      }
    }
    if (dsn != null) {
      secrets.add(dsn.publicKey());
    }
    return new Excerpt(secrets);
  }

  String of(HttpResult.Response response) {
    byte[] body = response.body();
    String type = header(response, "content-type").toLowerCase(Locale.ROOT);
    boolean whole =
        body.length <= MAX_BYTES
            && header(response, "content-length").equals(Integer.toString(body.length));
    int length = Math.min(body.length, MAX_BYTES);
    String text = new String(body, 0, length, StandardCharsets.UTF_8);
    if (type.startsWith("application/x-protobuf")) {
      Matcher message =
          STATUS_MESSAGE.matcher(new String(body, 0, length, StandardCharsets.ISO_8859_1));
      text = message.matches() ? message.group(1) : "";
    } else if (type.startsWith("text/html") || text.stripLeading().startsWith("<")) {
      return "a page of HTML";
    }
    // The last word of a cut body may be a part of a key.
    return cleaned(whole ? text : LAST_WORD.matcher(text).replaceFirst(""));
  }

  private static String header(HttpResult.Response response, String name) {
    List<String> values = response.headers().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  private String cleaned(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    String printable = UNPRINTABLE.matcher(masked).replaceAll(" ").replace('"', '\'');
    String line = KEY.matcher(printable).replaceAll(MASK).strip();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS - 1) + "…";
  }
}
