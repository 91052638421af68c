package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Corrections;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects what was corrected or left out of one record. */
public final class CorrectionLog {

  private final Set<Corrections.Kind> kinds = EnumSet.noneOf(Corrections.Kind.class);
  private final List<String> droppedFields = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  public void mended(Corrections.Kind kind) {
    kinds.add(kind);
  }

  public void dropped(String path) {
    add(path, droppedFields);
  }

  public void unread(String path) {
    add(path, unread);
  }

  private static void add(String path, List<String> to) {
    if (to.size() < Limits.DROPPED_FIELDS && !to.contains(path)) {
      to.add(path);
    }
  }

  public Corrections corrections() {
    return kinds.isEmpty() && droppedFields.isEmpty() && unread.isEmpty()
        ? Corrections.NONE
        : new Corrections(kinds, droppedFields, unread);
  }
}
