package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.local.LocalSecrets;
import dev.sentrybroadcast.local.SentryStandIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Secrets and a Sentry on loopback, and the variables that lead a function to them. */
final class LocalCloud implements AutoCloseable {

  static final String KEY = "a".repeat(32);
  static final String PROJECT = "456";
  static final String PREFIX = "stack/";

  final SentryStandIn sentry = SentryStandIn.start();
  final LocalSecrets secrets = LocalSecrets.start();

  LocalCloud() {
    secrets.put(PREFIX + "default", sentry.destinationJson(KEY, PROJECT, false));
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DESTINATION_SECRET_PREFIX", PREFIX);
    environment.put("ALLOWED_ENDPOINT_HOSTS", sentry.origin());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    return environment;
  }

  /** A record that names its session, so that its spans are found again. */
  static String generation(String id) {
    return """
    {"schema": "generation/v1", "id": "%s", "session_id": "session-%s",
     "ended_at": "2026-11-20T12:00:02Z", "started_at": "2026-11-20T12:00:00Z",
     "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}]},
     "response": {"model": "gpt-4o", "usage": {"prompt_tokens": 8, "completion_tokens": 2},
      "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}]}}
    """
        .formatted(id, id);
  }

  /** Messages {@code m0}, {@code m1}, … of these bodies. */
  static SQSEvent event(String... bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + messages.size());
      message.setReceiptHandle("r" + messages.size());
      message.setBody(body);
      message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:generations");
      message.setAttributes(
          Map.of("SentTimestamp", "1763640003000", "ApproximateReceiveCount", "1"));
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  @Override
  public void close() {
    sentry.close();
    secrets.close();
  }
}
