package dev.sentrybroadcast.generation;

import java.util.List;
import java.util.Set;

/**
 * What intake had to mend or leave out, to be counted and logged; paths and kinds only.
 *
 * @param droppedFields paths of optional fields that had a wrong type
 * @param unread paths of fields that nothing reads, such as a misspelt name; for who previews a
 *     record, and not counted
 */
public record Corrections(Set<Kind> kinds, List<String> droppedFields, List<String> unread) {

  public static final Corrections NONE = new Corrections(Set.of(), List.of(), List.of());

  public Corrections {
    kinds = Set.copyOf(kinds);
    droppedFields = List.copyOf(droppedFields);
    unread = List.copyOf(unread);
  }

  /** A mending of a whole record. */
  public enum Kind {
    /** {@code ended_at} was before {@code started_at}. */
    END_BEFORE_START,
    /** A part of the tokens was larger than what it is a part of. */
    TOKENS_EXCEED_TOTAL,
    /** {@code parent_span_id} was not a span id. */
    PARENT_SPAN_ID_INVALID,
    /** A request or response was of no known shape; its fields became content as JSON. */
    BODY_UNKNOWN,
    /** Of two recorded spans with one id the later one was kept. */
    DUPLICATE_SPAN_ID,
    /** Recorded spans had events, which Sentry drops; an exception became the span's status. */
    SPAN_EVENTS_DROPPED,
    /** Recorded spans had links. */
    SPAN_LINKS_DROPPED
  }
}
