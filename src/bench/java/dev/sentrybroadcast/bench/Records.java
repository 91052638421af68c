package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded records of our own contract: prose, half of it outside Latin-1, as chats have it. */
final class Records {

  private static final String[] WORDS =
      "the of and model token answer größer naïve 東京 → data returns function while € list"
          .split(" ");

  private Records() {}

  /** So many messages, each with about so many characters of prompt. */
  static List<QueuedMessage> messages(int count, int characters) {
    Random random = new Random(42);
    List<QueuedMessage> messages = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String body =
          """
          {"schema": "generation/v1", "id": "bench-%d", "api_type": "chat", "provider": "openai",
           "started_at": "2026-01-01T00:00:00Z", "ended_at": "2026-01-01T00:00:01Z",
           "request": {"model": "openai/gpt-4o", "user": "user", "session_id": "session-%d",
            "messages": [{"role": "system", "content": "You answer questions."},
             {"role": "user", "content": "%s"}],
            "trace": {"trace_id": "bench-%d", "trace_name": "Bench", "environment": "none"}},
           "response": {"id": "response", "model": "gpt-4o", "choices": [{"index": 0,
            "finish_reason": "stop", "message": {"role": "assistant", "content": "%s"}}],
            "usage": {"prompt_tokens": 900, "completion_tokens": 90, "total_tokens": 990}}}
          """
              .formatted(i, i / 10, prose(random, characters), i, prose(random, 200));
      messages.add(new QueuedMessage("m" + i, body, 0, 1, "handle", null));
    }
    return messages;
  }

  private static String prose(Random random, int characters) {
    StringBuilder text = new StringBuilder(characters + 16);
    while (text.length() < characters) {
      String word = WORDS[random.nextInt(WORDS.length)];
      text.append(word).append(random.nextInt(12) == 0 ? ".\\n" : " ");
    }
    return text.toString();
  }
}
