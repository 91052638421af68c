package dev.sentrybroadcast.genai.redaction;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind and each own pattern was redacted. Not thread-safe. */
public final class RedactionCounts {

  private final Map<String, Long> counts = new TreeMap<>();

  void increment(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  /** By the name of the kind or pattern; only what was found. */
  public Map<String, Long> byName() {
    return Collections.unmodifiableMap(counts);
  }
}
