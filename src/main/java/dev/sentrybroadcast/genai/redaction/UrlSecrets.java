package dev.sentrybroadcast.genai.redaction;

import java.util.List;

/** Credentials in an address. */
final class UrlSecrets {

  /** After them nothing but a secret lets one in. */
  private static final List<String> SECRET_PATHS =
      List.of(
          "hooks.slack.com/services/",
          "discord.com/api/webhooks/",
          "discordapp.com/api/webhooks/",
          "api.telegram.org/bot");

  private static final int MOST_USER_INFO = 256;

  /** Of OAuth's code: shorter ones are countries, vouchers and errors. */
  private static final int LEAST_CODE = 20;

  private final String text;
  private final int limit;

  UrlSecrets(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /** The value of a parameter in an address; empty where it is no secret. */
  Span inQuery(int keyStart, int keyEnd) {
    boolean isCode = keyEnd - keyStart == 4 && text.startsWith("code", keyStart);
    if (!isCode && !SecretKeys.isQueryParameter(text, keyStart, keyEnd)) {
      return Span.NONE;
    }
    int start = keyEnd + 1;
    int end = start;
    while (end < limit && text.charAt(end) != '#' && !SecretValues.ends(text.charAt(end))) {
      end++;
    }
    return isCode && end - start < LEAST_CODE ? Span.NONE : new Span(start, end);
  }

  /** Credentials before the host, or a path that is a secret. */
  Span inAddress(int start) {
    for (String each : SECRET_PATHS) {
      if (text.startsWith(each, start)) {
        return new Span(start + each.length(), wordEnd(start + each.length()));
      }
    }
    return new Span(start, userInfoEnd(start));
  }

  /** Where {@code user:password@}, or a token in its place, ends before the at sign; else -1. */
  private int userInfoEnd(int start) {
    int end = start;
    boolean hasPassword = false;
    while (end < limit && end - start < MOST_USER_INFO && text.charAt(end) > ' ') {
      char c = text.charAt(end);
      if (c == '@') {
        return hasPassword || end - start >= 20 ? end : -1;
      }
      if ("/?#\"'<>\\[".indexOf(c) >= 0) {
        return -1;
      }
      hasPassword |= c == ':';
      end++;
    }
    return -1;
  }

  private int wordEnd(int start) {
    int end = start;
    while (end < limit && !SecretValues.ends(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
