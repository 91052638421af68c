package dev.sentrybroadcast.local;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Prints the spans of a trace as a tree, in columns. */
final class TraceTree {

  private static final int NAME_LIMIT = 56;
  private static final int CONTENT_LIMIT = 96;

  private final Ink ink;
  private final Predicate<ReceivedSpan> privacyMode;

  /**
   * A printer of trees.
   *
   * @param privacyMode whether a span went to a destination in privacy mode
   */
  TraceTree(Ink ink, Predicate<ReceivedSpan> privacyMode) {
    this.ink = ink;
    this.privacyMode = privacyMode;
  }

  /** Lines without an end of line; spans whose parent is elsewhere are roots. */
  List<String> lines(List<ReceivedSpan> trace) {
    Set<String> ids = new HashSet<>();
    trace.forEach(span -> ids.add(span.spanId()));
    List<Row> rows = new ArrayList<>();
    List<ReceivedSpan> roots =
        inOrder(trace.stream().filter(span -> !ids.contains(span.parentSpanId())).toList());
    for (ReceivedSpan root : roots) {
      addWithChildren(root, trace, "", "", rows);
    }
    int[] widths = new int[Row.COLUMNS];
    for (Row row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.cell(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add(line(row, widths));
      lines.addAll(contentLines(row));
    }
    return lines;
  }

  private static void addWithChildren(
      ReceivedSpan span, List<ReceivedSpan> trace, String branch, String below, List<Row> rows) {
    List<ReceivedSpan> children =
        inOrder(trace.stream().filter(s -> s.parentSpanId().equals(span.spanId())).toList());
    rows.add(Row.of(span, branch, below + (children.isEmpty() ? "   " : "│  ")));
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      addWithChildren(
          children.get(i),
          trace,
          below + (last ? "└─ " : "├─ "),
          below + (last ? "   " : "│  "),
          rows);
    }
  }

  private static List<ReceivedSpan> inOrder(List<ReceivedSpan> spans) {
    return spans.stream().sorted(Comparator.comparingLong(ReceivedSpan::startEpochNanos)).toList();
  }

  private String line(Row row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.cell(column);
      String padding = " ".repeat(widths[column] - cell.length());
      if (widths[column] > 0) {
        line.append(column == 0 ? "" : "  ");
        line.append(Row.isRight(column) ? padding + cell : tinted(column, cell) + padding);
      }
    }
    String status = row.span().status().equals("ERROR") ? ink.red(row.status()) : row.status();
    return line.append("  ").append(status).toString().stripTrailing();
  }

  private String tinted(int column, String cell) {
    return switch (column) {
      case 0 -> ink.bold(cell);
      case 1 -> ink.dim(cell);
      default -> cell;
    };
  }

  private List<String> contentLines(Row row) {
    if (!row.hasContent()) {
      return List.of();
    }
    if (privacyMode.test(row.span())) {
      return List.of(row.below() + ink.dim("content left out: privacy mode"));
    }
    List<String> lines = new ArrayList<>();
    addContent("in ", MessageText.last(row.span(), "gen_ai.input.messages"), row, lines);
    addContent("out", MessageText.last(row.span(), "gen_ai.output.messages"), row, lines);
    addContent("in ", row.span().text("gen_ai.tool.call.arguments"), row, lines);
    addContent("out", row.span().text("gen_ai.tool.call.result"), row, lines);
    return lines;
  }

  private void addContent(String label, @Nullable String text, Row row, List<String> lines) {
    if (text != null && !text.isBlank()) {
      lines.add(row.below() + ink.dim(label + " " + Ink.line(text, CONTENT_LIMIT)));
    }
  }

  /** One span's cells; the status stands behind them. */
  private record Row(ReceivedSpan span, String below, List<String> cells) {

    static final int COLUMNS = 6;

    static Row of(ReceivedSpan span, String branch, String below) {
      return new Row(
          span,
          below,
          List.of(
              branch + Ink.line(span.name(), NAME_LIMIT),
              text(span, "sentry.op"),
              duration(span.endEpochNanos() - span.startEpochNanos()),
              model(span),
              tokens(span),
              cost(span.number("gen_ai.cost.total_tokens"))));
    }

    static boolean isRight(int column) {
      return column == 2 || column == 5;
    }

    String cell(int column) {
      return cells.get(column);
    }

    boolean hasContent() {
      String op = text(span, "sentry.op");
      return op.startsWith("gen_ai.") && !op.equals("gen_ai.invoke_agent");
    }

    String status() {
      if (!span.status().equals("ERROR")) {
        return Boolean.TRUE.equals(span.attributes().get("broadcast.cancelled"))
            ? "ok, cancelled"
            : "ok";
      }
      String type = text(span, "error.type");
      Number http = span.number("http.response.status_code");
      return "ERROR"
          + (type.isEmpty() ? "" : " " + type)
          + (http == null || type.equals(http.toString()) ? "" : " (HTTP " + http + ")");
    }

    private static String model(ReceivedSpan span) {
      String model = text(span, "gen_ai.response.model");
      return model.isEmpty() ? text(span, "gen_ai.request.model") : model;
    }

    private static String tokens(ReceivedSpan span) {
      Number input = span.number("gen_ai.usage.input_tokens");
      Number output = span.number("gen_ai.usage.output_tokens");
      if (input == null && output == null) {
        return "";
      }
      return (input == null ? "–" : input) + " → " + (output == null ? "–" : output) + " tokens";
    }

    private static String text(ReceivedSpan span, String attribute) {
      String text = span.text(attribute);
      return text == null ? "" : Ink.line(text, NAME_LIMIT);
    }
  }

  /** A dash where nobody measured it. */
  static String duration(long nanos) {
    if (nanos <= 0) {
      return "–";
    }
    return nanos < 1_000_000_000
        ? Math.round(nanos / 1e6) + " ms"
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  /** US dollars, to the millionth; empty when unknown. */
  static String cost(@Nullable Number dollars) {
    if (dollars == null) {
      return "";
    }
    BigDecimal value =
        BigDecimal.valueOf(dollars.doubleValue())
            .setScale(6, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    if (value.signum() == 0 && dollars.doubleValue() > 0) {
      return "<$0.000001";
    }
    return "$"
        + (value.scale() < 2 ? value.setScale(2, RoundingMode.HALF_UP) : value).toPlainString();
  }
}
