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
  private static final long FREE_OTHER_BYTES = 1024 * 1024;

  /** For a span that was still too large for Sentry. */
  public ContentLimits harder() {
    return new ContentLimits(attributeBytes / 16, spanBytes / 16);
  }

  /**
   * Limit for the content of one record's spans: four full spans, at most 2 MiB, so that a tree
   * fits into one request and into a segment of Sentry's.
   *
   * @param otherBytes what the spans take without content; more than 1 MiB is subtracted
   */
  int treeBytes(long otherBytes) {
    long all = Math.min((long) SPANS_PER_TREE * spanBytes, MAX_TREE_BYTES);
    return (int) Math.max(all / 8, all - Math.max(0, otherBytes - FREE_OTHER_BYTES));
  }
}
