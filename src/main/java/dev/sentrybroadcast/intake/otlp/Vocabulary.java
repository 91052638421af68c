package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one family of producers writes spans. A new one is a class and a line in {@link
 * Vocabularies}. What it does not override is as in the GenAI conventions.
 */
interface Vocabulary {

  /** Whether the span is of this family, told by its scope and its attributes alone. */
  boolean matches(OtlpSpan span);

  /** What the span is, told by itself alone: never by the spans around it. */
  default SpanRole role(OtlpSpan span) {
    return Conventions.roleOf(span);
  }

  /** Usually {@code Conventions.NAMES} with names of its own before them. */
  default Names names(OtlpSpan span) {
    return Conventions.NAMES;
  }

  /**
   * Content in a shape that {@link OtlpMessages} reads: messages, parts or text. Called when the
   * content is revealed.
   */
  default JsonValue content(Field field, JsonValue value) {
    return value;
  }

  /** The same, where other attributes of the span are needed. */
  default JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    return content(field, value);
  }

  /** Whether its input tokens are those that were neither read from the cache nor written to it. */
  default boolean countsCacheApart(OtlpSpan span) {
    return false;
  }

  /** Whether its output tokens are those that were not reasoning. */
  default boolean countsReasoningApart(OtlpSpan span) {
    return false;
  }

  /** Whether the span failed. */
  default boolean failed(OtlpSpan span) {
    return span.hasErrorStatus();
  }

  /** The agent or tool that only the span's name says. In privacy mode it is withheld. */
  default @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    return Conventions.afterOperation(span.name(), role);
  }

  /** Names of attributes whose text is no content and leaves under the same name. */
  default Set<String> harmless() {
    return Set.of();
  }
}
