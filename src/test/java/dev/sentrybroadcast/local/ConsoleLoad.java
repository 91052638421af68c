package dev.sentrybroadcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bodies of messages with many records or spans. */
final class ConsoleLoad {

  private static final long START_NANOS = 1_796_000_000_000_000_000L;

  private ConsoleLoad() {}

  /**
   * OTLP/JSON of one trace. Its root is the span 1; up to eleven spans are below the root, and each
   * other one below the span of half its number.
   *
   * @param id two hex digits
   * @param first the number of the first span; the root is made only for 1
   */
  static String trace(String id, String rootName, int spans, String name, int first) {
    StringBuilder json = new StringBuilder("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[");
    for (int i = first; i < first + spans; i++) {
      boolean root = i == 1;
      // A late span starts with its trace: it stands above those that are there already.
      long start = START_NANOS + (first > 1 ? i : i * 90_000_000L);
      json.append(i == first ? "" : ",")
          .append("{\"traceId\":\"").append(id.repeat(16))
          .append("\",\"spanId\":\"").append(HexFormat.of().toHexDigits((long) i))
          .append(root ? "" : "\",\"parentSpanId\":\"" + HexFormat.of().toHexDigits(i < 12 || first > 1 ? 1L : i / 2))
          .append("\",\"name\":\"").append(root ? rootName : name + " " + i)
          .append("\",\"startTimeUnixNano\":\"").append(start)
          .append("\",\"endTimeUnixNano\":\"").append(start + (root ? 20_000_000_000L : 900_000_000L))
          .append("\",\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"")
          .append(root ? "invoke_agent" : i % 3 == 0 ? "execute_tool" : "chat")
          .append("\"}},{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"gpt-5.4\"}}]}");
    }
    return json.append("]}]}]}").toString();
  }

  /** A message with 100 records. */
  static String records(int message) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 100; i++) {
      json.append(i == 0 ? "" : ",")
          .append(
              """
              {"id": "load-%1$d-%2$d", "model": "gpt-5.4", "session_id": "load-%2$d",
               "started_at": "2026-11-20T12:00:00Z", "ended_at": "2026-11-20T12:00:01Z",
               "messages": [{"role": "user", "content": "Question %1$d-%2$d: %3$s"}],
               "choices": [{"finish_reason": "stop",
                 "message": {"role": "assistant", "content": "An **answer**."}}],
               "usage": {"prompt_tokens": 12, "completion_tokens": 3},
               "trace": {"trace_name": "Load %1$d-%2$d"}}\
              """
                  .formatted(message, i, "many words ".repeat(30)));
    }
    return json.append("]").toString();
  }

  /** A record whose names and texts are long and have no place to break. */
  static String unbreakable() {
    String word = "unbreakable".repeat(30);
    return """
    {"model": "%1$s", "user": "%1$s", "usage": {"prompt_tokens": 123456789,
       "completion_tokens": 987654321, "cost": 1234.56789}, "session_id": "unbreakable",
     "messages": [{"role": "user", "content": "%1$s"}],
     "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "`%1$s` %1$s",
       "tool_calls": [{"id": "c", "type": "function",
         "function": {"name": "%1$s", "arguments": "{\\"%1$s\\": \\"%1$s\\"}"}}]}}],
     "tool_executions": [{"id": "c", "name": "%1$s", "arguments": {"a": "%1$s"}, "result": "%1$s"}],
     "error": {"type": "%1$s", "message": "%1$s"},
     "trace": {"trace_name": "Wide %1$s", "generation_name": "%1$s", "key": "%1$s"}}\
    """
        .formatted(word);
  }

  static String axe() {
    try (var in = ConsoleLoad.class.getResourceAsStream("/axe/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
