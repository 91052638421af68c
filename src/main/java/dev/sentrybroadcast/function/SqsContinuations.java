package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.Continuations;
import dev.sentrybroadcast.destination.AwsCalls;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts messages on the queue of the invocation. <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class SqsContinuations implements Continuations {

  /** The limit of SQS. */
  private static final int DELAY_SECONDS_MAX = 900;

  private final Supplier<SqsClient> newClient;
  private final AwsCalls calls = AwsClients.calls();
  private @Nullable SqsClient client;

  /**
   * Calls nothing yet.
   *
   * @param newClient called when the first message is sent, which most functions never do
   */
  SqsContinuations(Supplier<SqsClient> newClient) {
    this.newClient = newClient;
  }

  @Override
  public boolean send(String body, Duration delay) {
    String queueUrl =
        Invocation.CURRENT.isBound()
            ? SqsVisibility.queueUrl(Invocation.CURRENT.get().queueArn())
            : null;
    if (queueUrl == null) {
      Invocation.warn("an object was not split: the event names no queue");
      return false;
    }
    int seconds = (int) Math.min(delay.plusMillis(999).toSeconds(), DELAY_SECONDS_MAX);
    try {
      calls.run(() ->
          client().sendMessage(r -> r.queueUrl(queueUrl).messageBody(body).delaySeconds(seconds)));
      return true;
    } catch (SdkException e) {
      Invocation.warn("an object was not split: " + AwsCalls.kind(e));
      return false;
    }
  }

  private synchronized SqsClient client() {
    SqsClient made = client == null ? newClient.get() : client;
    client = made;
    return made;
  }
}
