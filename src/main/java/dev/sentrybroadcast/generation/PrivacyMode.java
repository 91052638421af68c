package dev.sentrybroadcast.generation;

/** Whether what people and models wrote is left out ({@code ON}) or sent ({@code OFF}). */
public enum PrivacyMode {
  ON,
  OFF;

  /** Content leaves only where both sides allow it. */
  public PrivacyMode stricter(PrivacyMode other) {
    return this == ON || other == ON ? ON : OFF;
  }
}
