package dev.sentrybroadcast.intake.otlp;

/**
 * The attribute names of one family of producers. A new one is a class and a line in {@link
 * Vocabularies}.
 */
interface Vocabulary {

  /** Whether the span is of this family, told by its scope and its attributes alone. */
  boolean matches(OtlpSpan span);

  /** Reads a span for which {@link #matches} holds. */
  SpanValues read(OtlpSpan span);
}
