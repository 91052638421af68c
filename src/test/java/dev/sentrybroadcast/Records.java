package dev.sentrybroadcast;

import dev.sentrybroadcast.local.ReceivedSpan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plain records by the number; each becomes one span, which names its record. */
final class Records {

  private Records() {}

  static List<String> plain(String series, int count) {
    return names(series, count).stream().map(id -> record(id, "")).toList();
  }

  static Set<String> names(String series, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> series + "-" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * One record.
   *
   * @param fields more top-level fields, each with a comma behind it
   */
  static String record(String id, String fields) {
    return """
    {"schema": "generation/v1", "id": "%s", %s
     "started_at": "2026-11-20T12:00:00Z", "ended_at": "2026-11-20T12:00:01Z",
     "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello %s"}]},
     "response": {"choices": [{"finish_reason": "stop",
       "message": {"role": "assistant", "content": "Hello"}}],
       "usage": {"prompt_tokens": 3, "completion_tokens": 1}}}
    """
        .formatted(id, fields, id);
  }

  /** The ids of the records whose spans these are. */
  static Set<String> ids(List<ReceivedSpan> spans) {
    return spans.stream()
        .map(span -> String.valueOf(span.text("broadcast.record.id")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
