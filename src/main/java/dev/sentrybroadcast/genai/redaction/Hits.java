package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found in a text. */
final class Hits {

  private final List<Hit> hits = new ArrayList<>(0);

  /**
   * @param kind null for a pattern of one's own
   */
  record Hit(int start, int end, String name, Redaction.@Nullable Kind kind) {}

  /**
   * @param places in this text of the characters of the text that the others are from
   */
  void addAll(Hits others, int[] places) {
    for (Hit hit : others.hits) {
      hits.add(new Hit(places[hit.start], places[hit.end], hit.name, hit.kind));
    }
  }

  void add(Redaction.Kind kind, int start, int end) {
    hits.add(new Hit(start, end, kind.id(), kind));
  }

  void add(String pattern, int start, int end) {
    hits.add(new Hit(start, end, pattern, null));
  }

  boolean isEmpty() {
    return hits.isEmpty();
  }

  /** In their order, those that overlap as one with the name of the first. */
  List<Hit> merged() {
    hits.sort(
        Comparator.comparingInt(Hit::start).thenComparing(Hit::end, Comparator.reverseOrder()));
    List<Hit> merged = new ArrayList<>(hits.size());
    for (Hit hit : hits) {
      Hit last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && hit.start < last.end) {
        merged.set(
            merged.size() - 1,
            new Hit(last.start, Math.max(last.end, hit.end), last.name, last.kind));
      } else {
        merged.add(hit);
      }
    }
    return merged;
  }
}
