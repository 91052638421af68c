package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the part of a response body that may be shown: short, printable ASCII, and without the keys
 * that were sent, which the other end may have returned.
 */
record Excerpt(List<String> secrets) {

  static final int MAX_BYTES = 4 * 1024;
  static final int MAX_CHARACTERS = 200;

  private static final String MASK = "***";
  private static final Pattern USER_PART = Pattern.compile("://(.+)@");

  /** Everything that is as long as the keys that Sentry makes. */
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{32,}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[^!-~]+");

  /** Back to a character that is in no DSN. */
  private static final Pattern LAST_WORD = Pattern.compile("[^\\s\\x00\"',;<>(){}\\[\\]]++\\z");

  /** Masks the DSN as it was given, its key, and the secret that old DSNs have. */
  static Excerpt without(@Nullable String dsnText, @Nullable Dsn dsn) {
    List<String> secrets = new ArrayList<>();
    if (dsnText != null && !dsnText.isBlank()) {
      secrets.add(dsnText.strip());
      Matcher user = USER_PART.matcher(dsnText);
      if (user.find() && user.group(1).indexOf(':') >= 0) {
        secrets.add(user.group(1).substring(user.group(1).indexOf(':') + 1));
      }
    }
    if (dsn != null) {
      secrets.add(dsn.publicKey());
    }
    return new Excerpt(secrets.stream().filter(secret -> !secret.isEmpty()).toList());
  }

  String of(HttpResult.Response response) {
    byte[] body = response.body();
    String text = new String(body, 0, Math.min(body.length, MAX_BYTES), StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("<")) {
      return "a page of HTML";
    }
    boolean whole =
        body.length <= MAX_BYTES
            && List.of(Integer.toString(body.length))
                .equals(response.headers().get("content-length"));
    // The last word of a body that was cut may be a part of a key.
    String clean = whole ? text : LAST_WORD.matcher(text).replaceFirst("");
    for (String secret : secrets) {
      clean = clean.replace(secret, MASK);
    }
    clean = UNPRINTABLE.matcher(clean).replaceAll(" ").replace('"', '\'').strip();
    clean = KEY.matcher(clean).replaceAll(MASK);
    return clean.length() <= MAX_CHARACTERS ? clean : clean.substring(0, MAX_CHARACTERS - 1) + "…";
  }

  @Override
  public String toString() {
    return "Excerpt[…]";
  }
}
