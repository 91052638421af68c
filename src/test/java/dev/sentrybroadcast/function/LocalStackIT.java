package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.local.SqsEventJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Queue, secret and function on LocalStack: the one at the variable {@code LOCALSTACK_ENDPOINT}
 * (moto's server will do), or one that Docker runs; skipped where there is neither. Another image
 * by the variable {@code LOCALSTACK_IMAGE}: 4.14.0 is the last that starts without an account.
 */
@Tag("localstack")
final class LocalStackIT {

  private static final String IMAGE =
      Objects.requireNonNullElse(System.getenv("LOCALSTACK_IMAGE"), "localstack/localstack:4.14.0");

  /** Of this run alone: a LocalStack that runs on may have queues and secrets of others. */
  private static final String RUN = "run-" + UUID.randomUUID();

  private static @Nullable LocalStackContainer localStack;
  private static URI endpoint;

  @BeforeAll
  static void start() {
    String running = System.getenv("LOCALSTACK_ENDPOINT");
    if (running != null && !running.isBlank()) {
      endpoint = URI.create(running);
      return;
    }
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker here, and no LOCALSTACK_ENDPOINT");
    localStack =
        new LocalStackContainer(
                DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("sqs", "secretsmanager");
    try {
      localStack.start();
      endpoint = localStack.getEndpoint();
    } catch (ContainerLaunchException e) {
      abort("Docker is here, but " + IMAGE + " does not start: " + e.getMessage());
    }
  }

  @AfterAll
  static void stop() {
    if (localStack != null) {
      localStack.stop();
    }
  }

  @Test
  void handleRequest_messagesOfALocalStackQueue_deliversByALocalStackSecret() {
    try (SqsClient sqs = sqs();
        SecretsManagerClient secrets = secrets();
        SentryStandIn sentry = SentryStandIn.start()) {
      secrets.createSecret(request ->
          request
              .name(RUN + "/default")
              .secretString(sentry.destinationJson(LocalCloud.KEY, LocalCloud.PROJECT, true)));
      String url = sqs.createQueue(request -> request.queueName(RUN)).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(LocalCloud.generation("a")));
      sqs.sendMessage(r -> r.queueUrl(url).messageBody("{not json"));
      List<Message> messages = receive(sqs, url, 2);

      List<String> returned =
          LocalCloud.invoke(
              new BroadcastFunction(environment(sentry), LocalStackIT::secrets, LocalStackIT::sqs),
              event(sqs, url, messages),
              new InvocationContext(30_000));

      String malformed =
          messages.stream()
              .filter(message -> message.body().equals("{not json"))
              .findFirst()
              .orElseThrow()
              .messageId();
      assertThat(returned).containsExactly(malformed);
      assertThat(sentry.spans())
          .extracting(span -> span.text("session.id"))
          .containsOnly("session-a");
    }
  }

  private static List<Message> receive(SqsClient sqs, String url, int count) {
    List<Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      messages.addAll(
          sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5))
              .messages());
    }
    return messages;
  }

  private static String event(SqsClient sqs, String url, List<Message> messages) {
    String arn =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    return SqsEventJson.event(messages, Objects.requireNonNull(arn));
  }

  private static Map<String, String> environment(SentryStandIn sentry) {
    return Map.of(
        "DESTINATION_SECRET_PREFIX", RUN + "/", "ALLOWED_ENDPOINT_HOSTS", sentry.origin());
  }

  private static SqsClient sqs() {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static SecretsManagerClient secrets() {
    return SecretsManagerClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  }
}
