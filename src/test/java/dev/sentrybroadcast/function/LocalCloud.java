package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.sentrybroadcast.local.LocalSecrets;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.local.SqsEventJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

  BroadcastFunction function() {
    return function(Map.of());
  }

  /** With these settings in place of the usual ones. */
  BroadcastFunction function(Map<String, String> settings) {
    Map<String, String> environment = environment();
    environment.putAll(settings);
    return new BroadcastFunction(environment, this::secretsManager, AwsClients::sqs);
  }

  ConnectionFunction connectionFunction() {
    return new ConnectionFunction(environment(), this::secretsManager, _ -> {});
  }

  SecretsManagerClient secretsManager() {
    return TestClients.at(AwsClients.with(SecretsManagerClient.builder()), secrets.endpoint())
        .build();
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
  static String event(String... bodies) {
    List<Message> messages = new ArrayList<>();
    for (String body : bodies) {
      messages.add(
          Message.builder()
              .messageId("m" + messages.size())
              .receiptHandle("r" + messages.size())
              .body(body)
              .attributes(
                  Map.of(
                      MessageSystemAttributeName.SENT_TIMESTAMP, "1763640003000",
                      MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"))
              .build());
    }
    return SqsEventJson.event(messages, "arn:aws:sqs:us-east-1:000000000000:generations");
  }

  /** Invokes the function; the ids of the messages that it returns. */
  static List<String> invoke(BroadcastFunction function, String event, Context context) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), response, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode failures =
        JsonMapper.shared().readTree(response.toByteArray()).get("batchItemFailures");
    assertThat(failures.isArray()).isTrue();
    return failures.valueStream().map(item -> item.get("itemIdentifier").asString()).toList();
  }

  @Override
  public void close() {
    sentry.close();
    secrets.close();
  }
}
