package dev.sentrybroadcast.sentry;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sentry's default data scrubbing of span attributes, as its Relay does it in October 2026.
 *
 * <p>Relay hides the value of an attribute where the attribute's name or value looks like a secret:
 * a text becomes {@code [Filtered]}, a number is deleted, a boolean stays. It does so for every
 * attribute that Sentry's conventions do not list, and for {@code user.*}. A project can switch
 * this off or name safe fields under Settings, Security &amp; Privacy.
 * https://docs.sentry.io/security-legal-pii/scrubbing/server-side-scrubbing/
 */
public final class DefaultScrubbing {

  private static final List<String> SCRUBBED = List.of("trace.metadata.", "broadcast.", "user.");

  /** Texts that Relay never takes for secrets. */
  private static final Set<String> HARMLESS = Set.of("", "true", "false", "null", "undefined");

  private static final String WORDS =
      "password|passwd|secret|auth|credentials|mysql_pwd|api[-_]key|apikey|private[-_]key|privatekey";

  private static final Pattern NAME = ignoringCase(WORDS + "|token");

  private static final Pattern VALUE =
      ignoringCase(WORDS + "|token\\S*[:=]|^otp$|^two[-_]factor$|\\bbearer\\s+\\S");

  /** Card numbers, US social security numbers, bank accounts, keys, passwords in URLs. */
  private static final Pattern PERSONAL =
      Pattern.compile(
          "\\b(3[47]\\d|4\\d{3}|5[1-5]\\d\\d|65\\d\\d|6011)([-\\s]?\\d){12}\\b"
              + "|\\b\\d{3}-\\d\\d-\\d{4}\\b"
              + "|\\b[A-Z]{2}\\d{2}[a-zA-Z0-9]{11,29}\\b"
              + "|-----BEGIN [A-Z ]*(PRIVATE|PUBLIC) KEY-----"
              + "|//[\\w%.-]+:[\\w%.-]+@");

  private DefaultScrubbing() {}

  /** Whether Relay hides the attribute's value, wholly or in part. */
  public static boolean hides(String name, Object value) {
    if (SCRUBBED.stream().noneMatch(name::startsWith)) {
      return false;
    }
    return switch (value) {
      case Number _ -> NAME.matcher(name).find();
      case String text when !HARMLESS.contains(text) ->
          NAME.matcher(name).find() || VALUE.matcher(text).find() || PERSONAL.matcher(text).find();
      default -> false;
    };
  }

  private static Pattern ignoringCase(String words) {
    return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }
}
