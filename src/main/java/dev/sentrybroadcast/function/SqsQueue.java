package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.delivery.SourceQueue;
import dev.sentrybroadcast.destination.AwsCalls;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

/**
 * Hides messages of the invocation's queue and sends it others. A message or a request that SQS
 * refuses does not affect the others.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html">ChangeMessageVisibilityBatch</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsQueue implements SourceQueue {

  // The limits of SQS.
  private static final int ENTRIES_MAX = 10;
  private static final int DELAY_SECONDS_MAX = 900;

  private static final Pattern ARN = Pattern.compile("arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)");

  private final Supplier<SqsClient> client;
  private final AwsCalls calls = AwsClients.calls();

  /**
   * Calls nothing yet.
   *
   * @param newClient called at the first use, to which most functions never come
   */
  SqsQueue(Supplier<SqsClient> newClient) {
    client = AwsClients.atFirstUse(newClient);
  }

  @Override
  public void hide(List<QueuedMessage> messages, Duration wait) {
    String queueUrl = queueUrl();
    if (queueUrl == null) {
      Invocation.warn("messages not hidden: the event names no queue");
      return;
    }
    int left = messages.size();
    Set<String> failures = new TreeSet<>();
    for (var batch : messages.stream().gather(Gatherers.windowFixed(ENTRIES_MAX)).toList()) {
      if (Invocation.timeLeft().compareTo(Deadline.RESERVE) <= 0) {
        failures.add("too little time left");
        break;
      }
      try {
        List<String> failed = change(queueUrl, batch, wait);
        left -= batch.size() - failed.size();
        failures.addAll(failed);
      } catch (SdkException e) {
        failures.add(AwsCalls.kind(e));
        if (!(e instanceof AwsServiceException)) {
          // Without an answer the next request would only use up more time.
          break;
        }
      }
    }
    if (!failures.isEmpty()) {
      Invocation.warn(left + " messages not hidden: " + failures);
    }
  }

  /** Returns the error codes of the entries that failed. */
  private List<String> change(String queueUrl, List<QueuedMessage> messages, Duration wait) {
    var entries =
        IntStream.range(0, messages.size())
            .mapToObj(i ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .visibilityTimeout((int) wait.toSeconds())
                    .build())
            .toList();
    ChangeMessageVisibilityBatchResponse response =
        calls.run(() ->
            client.get().changeMessageVisibilityBatch(r -> r.queueUrl(queueUrl).entries(entries)));
    return response.failed().stream().map(BatchResultErrorEntry::code).toList();
  }

  @Override
  public boolean send(String body, Duration delay) {
    String queueUrl = queueUrl();
    if (queueUrl == null) {
      Invocation.warn("an object was not split: the event names no queue");
      return false;
    }
    int seconds = (int) Math.min(delay.plusMillis(999).toSeconds(), DELAY_SECONDS_MAX);
    try {
      calls.run(() ->
          client
              .get()
              .sendMessage(r -> r.queueUrl(queueUrl).messageBody(body).delaySeconds(seconds)));
      return true;
    } catch (SdkException e) {
      Invocation.warn("an object was not split: " + AwsCalls.kind(e));
      return false;
    }
  }

  private static @Nullable String queueUrl() {
    return Invocation.CURRENT.isBound() ? queueUrl(Invocation.CURRENT.get().queueArn()) : null;
  }

  /** Returns null for text that is not the ARN of a queue. */
  static @Nullable String queueUrl(@Nullable String arn) {
    Matcher parts = ARN.matcher(arn == null ? "" : arn);
    if (!parts.matches()) {
      return null;
    }
    Object host = SqsClient.serviceMetadata().endpointFor(Region.of(parts.group(1)));
    return "https://" + host + "/" + parts.group(2) + "/" + parts.group(3);
  }
}
