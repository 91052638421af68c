package dev.sentrybroadcast.local;

import java.io.PrintStream;
import java.util.Locale;

/** Where a person looks: steps with the time since the start, and lines without. */
final class Screen {

  private final PrintStream out;
  private final Ink ink;
  private final long startNanos = System.nanoTime();

  Screen(PrintStream out, Ink ink) {
    this.out = out;
    this.ink = ink;
  }

  Ink ink() {
    return ink;
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  synchronized void step(String text) {
    line(ink.dim(String.format(Locale.ROOT, "%5.1f s", seconds())) + "  " + text);
  }

  synchronized void line(String text) {
    out.println(text);
    out.flush();
  }
}
