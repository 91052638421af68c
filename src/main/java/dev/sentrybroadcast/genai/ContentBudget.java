package dev.sentrybroadcast.genai;

import java.util.Arrays;
import java.util.List;

/**
 * Shares limits out: each piece of content gets what it wants up to a common level, so that what is
 * large pays for what is too much.
 */
final class ContentBudget {

  private ContentBudget() {}

  /**
   * Allots bytes to every piece of a tree. The first span, the generation, is served before the
   * others.
   */
  static void allot(List<SpanContent> spans, ContentLimits limits, int treeBytes) {
    if (fits(spans, limits, treeBytes)) {
      return;
    }
    int[] wanted = new int[spans.size()];
    long total = 0;
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = spans.get(i).allot(limits.spanBytes());
      total += wanted[i];
    }
    if (total > treeBytes) {
      int first = Math.min(wanted[0], treeBytes);
      spans.get(0).allot(first);
      int level = level(Arrays.copyOfRange(wanted, 1, wanted.length), treeBytes - first);
      for (int i = 1; i < wanted.length; i++) {
        if (wanted[i] > level) {
          spans.get(i).allot(level);
        }
      }
    }
  }

  /** The largest level at which the sum of what is wanted, cut to the level, is within a budget. */
  static int level(int[] wanted, int budget) {
    int[] sorted = wanted.clone();
    Arrays.sort(sorted);
    long left = Math.max(0, budget);
    for (int i = 0; i < sorted.length; i++) {
      long share = left / (sorted.length - i);
      if (sorted[i] > share) {
        return (int) share;
      }
      left -= sorted[i];
    }
    return Integer.MAX_VALUE;
  }

  /** Whether nothing can be too long, told without counting bytes. */
  private static boolean fits(List<SpanContent> spans, ContentLimits limits, int treeBytes) {
    long total = 0;
    for (SpanContent span : spans) {
      if (!span.surelyWithin(limits.spanBytes())) {
        return false;
      }
      total += span.mostBytes();
    }
    return total <= treeBytes;
  }
}
