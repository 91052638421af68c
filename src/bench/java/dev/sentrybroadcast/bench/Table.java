package dev.sentrybroadcast.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, as docs/performance.md has them. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  Table(String... head) {
    columns = head.length;
    rows.add(List.of(head));
  }

  void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    rows.add(List.of(cells));
  }

  void print(String title) {
    System.out.println("\n**" + title + "**\n");
    for (int i = 0; i < rows.size(); i++) {
      System.out.println("| " + String.join(" | ", rows.get(i)) + " |");
      if (i == 0) {
        System.out.println("| --- |" + " --: |".repeat(columns - 1));
      }
    }
    System.out.println();
  }
}
