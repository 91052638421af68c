package dev.sentrybroadcast.genai;

/**
 * How much content may leave, in bytes of UTF-8.
 *
 * @param attributeBytes of one attribute
 * @param spanBytes of all content of one span
 */
public record ContentLimits(int attributeBytes, int spanBytes) {

  private static final int MAX_TREE_BYTES = 2 * 1024 * 1024;
  private static final int SPANS_PER_TREE = 4;

  /** For a span that was still too large for Sentry. */
  public ContentLimits harder() {
    return new ContentLimits(attributeBytes / 16, spanBytes / 16);
  }

  /**
   * Of all content of one record's spans: four full spans, at most 2 MiB, so that a tree fits into
   * one request and into a segment of Sentry's.
   */
  int treeBytes() {
    return (int) Math.min((long) SPANS_PER_TREE * spanBytes, MAX_TREE_BYTES);
  }
}
