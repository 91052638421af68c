package dev.sentrybroadcast.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The plot of the growth bench: four small panels, their x axes logarithmic. */
final class GrowthPlot {

  private static final int WIDTH = 220;
  private static final int HEIGHT = 130;
  private static final int STEP_X = 310;
  private static final int STEP_Y = 225;

  /** Printed only: what it shows is that requests cost, not what grows. */
  private static final String NOT_PLOTTED = "spread";

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 450" role="img" aria-label="CPU time per record, kilobyte or span as batches, records, destinations and spans grow">
      <style>
      text { font: 12px system-ui, sans-serif; fill: #57606a }
      .title { font-weight: 600; fill: #24292f }
      .axis { stroke: #8c959f; stroke-width: 1 }
      .line { fill: none; stroke: #0969da; stroke-width: 2 }
      .dot { fill: #0969da }
      @media (prefers-color-scheme: dark) {
      text { fill: #9198a1 }
      .title { fill: #f0f6fc }
      .line { stroke: #4493f8 }
      .dot { fill: #4493f8 }
      }
      </style>
      """;

  private GrowthPlot() {}

  static String svg(Map<Panel, List<Figures>> measured) {
    StringBuilder svg = new StringBuilder(HEAD);
    int at = 0;
    for (Map.Entry<Panel, List<Figures>> panel : measured.entrySet()) {
      if (!panel.getKey().name().equals(NOT_PLOTTED)) {
        draw(svg, panel.getKey(), panel.getValue(), at % 2 * STEP_X + 40, at / 2 * STEP_Y + 50);
        at++;
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Panel panel, List<Figures> figures, int x, int y) {
    svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d %d)\">\n", x, y));
    text(svg, "title", -10, -30, "start", panel.title() + ": µs of CPU per " + panel.unit());
    svg.append(
        String.format(Locale.ROOT, "<path class=\"axis\" d=\"M0 %d H%d\"/>\n", HEIGHT, WIDTH));
    double most = figures.stream().mapToDouble(Figures::median).max().orElseThrow();
    double left = Math.log(panel.cells().getFirst().x());
    double right = Math.log(panel.cells().getLast().x());
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < figures.size(); i++) {
      Cell cell = panel.cells().get(i);
      double cost = figures.get(i).median();
      double px = (Math.log(cell.x()) - left) / (right - left) * WIDTH;
      double py = HEIGHT - cost / most * HEIGHT;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
      svg.append(
          String.format(
              Locale.ROOT, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n", px, py));
      // Beside a steep line, not on it.
      boolean inner = i > 0 && i < figures.size() - 1;
      text(svg, "", inner ? px + 2 : px, py - 9, inner ? "start" : "middle", Figures.number(cost));
      text(svg, "", px, HEIGHT + 16, "middle", cell.label());
    }
    svg.append(
        String.format(
            Locale.ROOT, "<polyline class=\"line\" points=\"%s\"/>\n", points.toString().strip()));
    text(svg, "", WIDTH / 2.0, HEIGHT + 34, "middle", panel.axis());
    svg.append("</g>\n");
  }

  private static void text(
      StringBuilder svg, String type, double x, double y, String anchor, String text) {
    String named = type.isEmpty() ? "" : " class=\"" + type + "\"";
    svg.append(
        String.format(
            Locale.ROOT,
            "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            named,
            x,
            y,
            anchor,
            text));
  }
}
