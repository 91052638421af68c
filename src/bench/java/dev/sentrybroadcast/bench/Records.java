package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeded records of our own contract, as chats have them: a system prompt that repeats, turns, an
 * answer; every other one with characters outside Latin-1.
 */
final class Records {

  /** What a record has beside its texts. */
  private static final int FRAME_BYTES = 1_130;

  private Records() {}

  /** So many messages of about so many bytes each. */
  static List<QueuedMessage> messages(int count, int bytes) {
    List<QueuedMessage> messages = new ArrayList<>(count);
    for (String body : bodies(count, bytes)) {
      String id = "m" + messages.size();
      messages.add(new QueuedMessage(id, body, 0, "handle", null));
    }
    return messages;
  }

  /** So many records of about so many bytes each. */
  static List<String> bodies(int count, int bytes) {
    List<String> bodies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      bodies.add(body(i, bytes, "", ""));
    }
    return bodies;
  }

  /** So many records for each of so many destinations, {@code d0}, {@code d1}, … */
  static List<String> routed(int perDestination, int destinations, int bytes) {
    List<String> bodies = new ArrayList<>(perDestination * destinations);
    for (int i = 0; i < perDestination * destinations; i++) {
      bodies.add(body(i, bytes, "\"destination\": \"d" + i % destinations + "\",", ""));
    }
    return bodies;
  }

  /** Records that become so many spans each: the call, and the tools that were run. */
  static List<String> withSpans(int count, int spans) {
    List<String> bodies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Prose prose = new Prose(7_000 + i, i, i % 2 == 0);
      StringBuilder tools = new StringBuilder("\"tool_executions\": [");
      for (int tool = 1; tool < spans; tool++) {
        tools
            .append(tool == 1 ? "" : ",")
            .append(
                """
                {"id": "call-%d", "name": "search", "arguments": {"query": "%s"}, "result": "%s",
                 "started_at": "2026-01-01T00:00:00.100Z", "ended_at": "2026-01-01T00:00:00.200Z"}\
                """
                    .formatted(tool, prose.hex(24), prose.text(200)));
      }
      bodies.add(body(i, 1_500, "", tools.append("],").toString()));
    }
    return bodies;
  }

  private static String body(int i, int bytes, String routing, String tools) {
    boolean wide = i % 2 == 0;
    Prose prose = new Prose(42 + i, i, wide);
    int left = Math.max(bytes - FRAME_BYTES, 200);
    // An application's prompt is always the same.
    String system = new Prose(i % 4, i, false).text(Math.min(1_200, left / 4));
    int answer = Math.min(left * 3 / 10, 2_000 + prose.number(2_000));
    int turns = bytes > 3_000 && bytes < 50_000 ? 1 + 2 * prose.number(3) : 1;
    // Tools hang under the call itself; a record of a chat has an agent run above it.
    String name = tools.isEmpty() ? "\"trace_name\": \"Support assistant\"," : "";
    StringBuilder messages = new StringBuilder();
    for (int turn = 0; turn < turns; turn++) {
      messages
          .append(",{\"role\": \"")
          .append(turn % 2 == 0 ? "user" : "assistant")
          .append("\", \"content\": \"")
          .append(prose.text((left - system.length() - answer) / turns))
          .append("\"}");
    }
    return """
    {"schema": "generation/v1", "id": "gen-%d-%s", "api_type": "chat", "provider": "openai", %s
     "started_at": "2026-01-01T00:00:00.000Z", "first_token_at": "2026-01-01T00:00:00.350Z",
     "ended_at": "2026-01-01T00:00:01.730Z", "streamed": true, %s
     "request": {"model": "openai/gpt-4o", "temperature": 0.2, "user": "user-%d",
      "session_id": "session-%s", "messages": [{"role": "system", "content": "%s"}%s],
      "trace": {"trace_id": "%s", %s "generation_name": "Answer", "environment": "production",
       "release": "2026.11.%d", "team": "support"}},
     "response": {"id": "chatcmpl-%s", "model": "gpt-4o-2024-08-06", "choices": [{"index": 0,
      "finish_reason": "stop", "message": {"role": "assistant", "content": "%s"}}],
      "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d,
       "prompt_tokens_details": {"cached_tokens": 512},
       "completion_tokens_details": {"reasoning_tokens": 64}, "cost": 0.00213}}}
    """
        .formatted(
            i,
            prose.hex(20),
            routing,
            tools,
            prose.number(5_000),
            prose.hex(12),
            system,
            messages,
            prose.hex(32),
            name,
            i % 4,
            prose.hex(24),
            prose.text(answer),
            left / 4,
            answer / 4,
            (left + answer) / 4);
  }
}
