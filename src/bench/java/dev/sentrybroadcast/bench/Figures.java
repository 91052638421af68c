package dev.sentrybroadcast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of one cell, one for each round. */
final class Figures {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Median, and from least to most. */
  String spread() {
    return number(median()) + " (" + number(least()) + "–" + number(most()) + ")";
  }

  /** How many times another's median this one is. */
  String ratio(Figures to) {
    return String.format(Locale.ROOT, "%.2f", median() / to.median());
  }

  /** Three digits that mean something. */
  static String number(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
