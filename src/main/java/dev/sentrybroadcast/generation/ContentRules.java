package dev.sentrybroadcast.generation;

/**
 * How much content leaves: none in privacy mode, else all of it, redacted.
 *
 * @param redaction nothing in privacy mode
 */
public record ContentRules(PrivacyMode privacyMode, Redaction redaction) {

  public ContentRules {
    redaction = privacyMode == PrivacyMode.ON ? Redaction.NONE : redaction;
  }

  /** Without redaction. */
  public static ContentRules of(PrivacyMode mode) {
    return new ContentRules(mode, Redaction.NONE);
  }

  /** The rules of a destination where these are the least that everyone keeps. */
  public ContentRules applied(PrivacyMode mode, Redaction own) {
    return new ContentRules(
        privacyMode.stricter(mode), redaction.isEmpty() ? own : own.withAllKinds());
  }
}
