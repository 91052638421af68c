package dev.sentrybroadcast.local;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** SQS on loopback: ElasticMQ in this process, and a client of the real SDK. */
public final class LocalQueues implements AutoCloseable {

  public static final String GENERATIONS = "generations";
  public static final String REGION = "us-east-1";

  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsClient client;

  private LocalQueues(int port) {
    server = SQSRestServerBuilder.withPort(port).withInterface("127.0.0.1").start();
    endpoint = URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    client =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** Started on a free port. Costs seconds once in a JVM, then milliseconds. */
  public static LocalQueues start() {
    return start(0);
  }

  public static LocalQueues start(int port) {
    return new LocalQueues(port);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Closed with the queues. */
  public SqsClient client() {
    return client;
  }

  /** {@code name} and {@code name-dead-letter}. */
  public QueuePair create(String name, int maxReceiveCount, Duration visibilityTimeout) {
    return create(name, "", maxReceiveCount, visibilityTimeout);
  }

  /** {@code name.fifo} and {@code name-dead-letter.fifo}, deduplicated by content. */
  public QueuePair createFifo(String name, int maxReceiveCount, Duration visibilityTimeout) {
    return create(name, ".fifo", maxReceiveCount, visibilityTimeout);
  }

  private QueuePair create(
      String name, String suffix, int maxReceiveCount, Duration visibilityTimeout) {
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    if (!suffix.isEmpty()) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
      attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
    }
    String deadLetter = name + "-dead-letter" + suffix;
    Map<QueueAttributeName, String> own = Map.copyOf(attributes);
    String deadLetterUrl =
        client.createQueue(r -> r.queueName(deadLetter).attributes(own)).queueUrl();
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(visibilityTimeout.toSeconds()));
    attributes.put(
        QueueAttributeName.REDRIVE_POLICY, redrivePolicy(client, deadLetterUrl, maxReceiveCount));
    String url =
        client.createQueue(r -> r.queueName(name + suffix).attributes(attributes)).queueUrl();
    return new QueuePair(client, name + suffix, url, deadLetterUrl);
  }

  static String redrivePolicy(SqsClient client, String deadLetterUrl, int maxReceiveCount) {
    String deadLetterArn =
        client
            .getQueueAttributes(
                r -> r.queueUrl(deadLetterUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    return "{\"deadLetterTargetArn\":\""
        + deadLetterArn
        + "\",\"maxReceiveCount\":\""
        + maxReceiveCount
        + "\"}";
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
