package dev.sentrybroadcast.genai;

/**
 * How much content may leave, in bytes of UTF-8.
 *
 * @param attributeBytes of one attribute
 * @param spanBytes of all content of one span
 */
public record ContentLimits(int attributeBytes, int spanBytes) {

  /** For a span that was still too large for Sentry. */
  public ContentLimits harder() {
    return new ContentLimits(attributeBytes / 16, spanBytes / 16);
  }
}
