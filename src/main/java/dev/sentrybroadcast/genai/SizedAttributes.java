package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds attributes and estimates their size. What is null, blank or not finite is left out; of a
 * name that is put twice the last value counts.
 */
final class SizedAttributes {

  /** Tags and lengths of a key, a value and what holds both. */
  private static final int OVERHEAD_BYTES = 20;

  private static final int NUMBER_BYTES = 10;

  private final AttributesBuilder builder = Attributes.builder();
  private long bytes;

  /** Upper estimate of their size as protobuf. */
  static long bytes(Attributes attributes) {
    return new SizedAttributes().putAll(attributes).bytes;
  }

  long bytes() {
    return bytes;
  }

  Attributes build() {
    return builder.build();
  }

  /** A text of at most 1,000 characters. */
  SizedAttributes text(AttributeKey<String> key, @Nullable String value) {
    return text(key, value, SpanText.ATTRIBUTE_CHARACTERS);
  }

  SizedAttributes text(AttributeKey<String> key, @Nullable String value, int limit) {
    return value == null || value.isBlank() ? this : put(key, SpanText.attribute(value, limit));
  }

  SizedAttributes putAll(Attributes more) {
    more.forEach((key, value) -> bytes += bytes(key, value));
    builder.putAll(more);
    return this;
  }

  /** The value as it is. */
  <T> SizedAttributes put(AttributeKey<T> key, @Nullable T value) {
    boolean isNumber = !(value instanceof Double decimal) || Double.isFinite(decimal);
    if (value != null && isNumber) {
      bytes += bytes(key, value);
      builder.put(key, value);
    }
    return this;
  }

  private static int bytes(AttributeKey<?> key, Object value) {
    return OVERHEAD_BYTES
        + SpanText.utf8Bytes(key.getKey())
        + (value instanceof String text ? SpanText.utf8Bytes(text) : NUMBER_BYTES);
  }
}
