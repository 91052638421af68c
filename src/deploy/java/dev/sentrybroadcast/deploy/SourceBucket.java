package dev.sentrybroadcast.deploy;

import static java.util.Objects.requireNonNull;

import dev.sentrybroadcast.local.LocalQueues;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The bucket whose objects the stack reads, and the queue that their notifications come to. */
final class SourceBucket implements AutoCloseable {

  static final String NAME = "my-logs";

  private static final Duration LIMIT = Duration.ofSeconds(150);

  private final S3Client s3;
  private final SqsClient sqs;
  private final String queueUrl;

  SourceBucket(URI endpoint, String queueUrl) {
    s3 = at(endpoint, S3Client.builder()).httpClientBuilder(http()).build();
    sqs = at(endpoint, SqsClient.builder()).httpClientBuilder(http()).build();
    this.queueUrl = queueUrl;
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B client) {
    return client
        .endpointOverride(endpoint)
        .region(Region.of(LocalQueues.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
  }

  private static UrlConnectionHttpClient.Builder http() {
    return UrlConnectionHttpClient.builder().socketTimeout(LIMIT);
  }

  /** Returns the ETag. */
  String put(String key, String content) {
    return put(key, RequestBody.fromString(content), StorageClass.STANDARD);
  }

  void put(String key, Path file) {
    put(key, RequestBody.fromFile(file), StorageClass.STANDARD);
  }

  String put(String key, RequestBody content, StorageClass storageClass) {
    return s3.putObject(r -> r.bucket(NAME).key(key).storageClass(storageClass), content)
        .eTag()
        .replace("\"", "");
  }

  void delete(String key) {
    s3.deleteObject(r -> r.bucket(NAME).key(key));
  }

  /** Where the bucket sends its events from now on. */
  void notifies(NotificationConfiguration configuration) {
    s3.putBucketNotificationConfiguration(
        r -> r.bucket(NAME).notificationConfiguration(configuration));
  }

  /** As S3 would send it. */
  static String notification(String bucket, String key, @Nullable String etag) {
    return """
    {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{"key":"%s"%s}}}]}\
    """
        .formatted(bucket, key, etag == null ? "" : ",\"eTag\":\"" + etag + "\"");
  }

  void send(String... messages) {
    for (String message : messages) {
      sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(message));
    }
  }

  String queueArn() {
    return attribute(QueueAttributeName.QUEUE_ARN);
  }

  /** How many messages are on the queue, those in flight among them. */
  int waiting() {
    return Integer.parseInt(attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
        + Integer.parseInt(
            attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private String attribute(QueueAttributeName name) {
    return requireNonNull(
        sqs.getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(List.of(name)))
            .attributes()
            .get(name));
  }

  void awaitNoneWaiting() throws InterruptedException {
    Waiting.until("an empty queue", LIMIT, () -> waiting() == 0);
  }

  void purge() {
    sqs.purgeQueue(r -> r.queueUrl(queueUrl));
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
  }
}
