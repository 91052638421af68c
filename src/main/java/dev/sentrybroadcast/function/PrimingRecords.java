package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The batch that primes: records as producers send them, so that code which was compiled for them
 * stays as it is when theirs come. The JVM compiles for the texts and types that it has met, and
 * starts anew when others come.
 */
final class PrimingRecords {

  private static final JsonFactory JSON = new JsonFactory();

  /** Of each record. */
  private static final int COPIES = 4;

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:priming";

  /** Two sentences as JSON has them, one in Latin-1 and one outside of it. */
  private static final String[] SENTENCES = {
    "Plain words, a \\\"quoted\\\" one, and then the end of a line.\\n",
    "Words beyond Latin-1: größer \u2014 it\u2019s \u201cquoted\u201d \u2192 naïve \uD83D\uDE00.\\n"
  };

  /** NUMBER tells records apart, TEXT is what they say. */
  private static final String CANONICAL =
      """
      {"schema": "generation/v1", "id": "priming-NUMBER", "api_type": "chat", "provider": "openai",
       "started_at": "2026-01-01T00:00:00.120Z", "ended_at": "2026-01-01T00:00:01.450Z",
       "first_token_at": "2026-01-01T00:00:00.350Z", "streamed": true,
       "request": {"model": "openai/gpt-4o", "messages": [
         {"role": "system", "content": "TEXT"},
         {"role": "user", "content": "TEXTTEXT"},
         {"role": "assistant", "content": "TEXT", "tool_calls": [{"id": "call", "type": "function",
           "function": {"name": "priming", "arguments": "{\\"a\\": [1, 2.5, true, null]}"}}]},
         {"role": "tool", "tool_call_id": "call", "content": "TEXT"},
         {"role": "user", "content": [{"type": "text", "text": "TEXT"}]}],
        "user": "user-NUMBER", "session_id": "session-NUMBER", "temperature": 0.7, "max_tokens": 1000,
        "trace": {"trace_id": "priming-NUMBER", "trace_name": "Priming", "generation_name": "Step",
         "environment": "none", "release": "1", "team": "priming", "number": 1}},
       "response": {"id": "response", "model": "gpt-4o-2026", "choices": [{"index": 0,
        "finish_reason": "stop", "message": {"role": "assistant", "content": "TEXT"}}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 90, "total_tokens": 990,
         "prompt_tokens_details": {"cached_tokens": 300},
         "completion_tokens_details": {"reasoning_tokens": 9}, "cost": 0.00123}}}
      """;

  private static final String FAILED =
      """
      {"schema": "generation/v1", "id": "priming-failed-NUMBER", "ended_at": "2026-01-01T00:00:01Z",
       "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "TEXT"}]},
       "error": {"type": "timeout", "code": 408, "message": "Timed out"}}
      """;

  private static final String FLAT =
      """
      {"id": "priming-flat-NUMBER", "model": "openai/gpt-4o", "created": 1767225600,
       "messages": [{"role": "user", "content": "TEXT"}],
       "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}],
       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
      """;

  private PrimingRecords() {}

  /** As the event source mapping writes it. */
  static byte[] event() throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (int copy = 0; copy < COPIES; copy++) {
        String text = SENTENCES[copy % SENTENCES.length].repeat(5 + 5 * copy);
        message(json, record(CANONICAL, copy, text));
        message(json, record(CANONICAL, COPIES + copy, text.substring(0, 60)));
        message(json, record(FLAT, copy, text));
      }
      // One: errors are rare, and an issue is a request of its own.
      message(json, record(FAILED, 0, SENTENCES[0]));
      json.writeEndArray();
      json.writeEndObject();
    }
    return event.toByteArray();
  }

  private static String record(String form, int number, String text) {
    return form.replace("NUMBER", Integer.toString(number)).replace("TEXT", text);
  }

  private static void message(JsonGenerator json, String body) throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", "priming");
    json.writeStringField("receiptHandle", "priming");
    json.writeStringField("body", body);
    json.writeObjectFieldStart("attributes");
    json.writeStringField("ApproximateReceiveCount", "1");
    json.writeStringField("SentTimestamp", "1767225600000");
    json.writeStringField("SenderId", "priming");
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    json.writeEndObject();
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", QUEUE_ARN);
    json.writeEndObject();
  }
}
