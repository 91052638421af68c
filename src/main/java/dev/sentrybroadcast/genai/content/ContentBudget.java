package dev.sentrybroadcast.genai.content;

import java.util.Arrays;
import java.util.List;

/**
 * Distributes limits: each piece of content gets what it wants up to a common level, so only the
 * largest pieces are cut.
 */
public final class ContentBudget {

  private ContentBudget() {}

  /** Allots bytes to every content of a tree; {@code main} is served before the others. */
  public static void allot(SpanContent main, List<SpanContent> all, int spanBytes, int treeBytes) {
    int mainBytes = main.allot(Math.min(spanBytes, treeBytes));
    List<SpanContent> others = all.stream().filter(content -> content != main).toList();
    int[] wanted = others.stream().mapToInt(content -> content.allot(spanBytes)).toArray();
    int level = level(wanted, treeBytes - mainBytes);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] > level) {
        others.get(i).allot(level);
      }
    }
  }

  /** The largest level at which the sizes, each cut to the level, sum up to at most the budget. */
  static int level(int[] wanted, int budget) {
    int[] sorted = wanted.clone();
    Arrays.sort(sorted);
    int left = Math.max(0, budget);
    for (int i = 0; i < sorted.length; i++) {
      int share = left / (sorted.length - i);
      if (sorted[i] > share) {
        return share;
      }
      left -= sorted[i];
    }
    return Integer.MAX_VALUE;
  }
}
