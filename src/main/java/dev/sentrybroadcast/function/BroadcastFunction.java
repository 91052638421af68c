package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The queue's doorway: a batch of messages in, the messages that were not delivered out. */
public final class BroadcastFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private final Broadcast broadcast;

  /** As Lambda makes it: with this process's environment variables. */
  public BroadcastFunction() {
    this(Settings.environment());
  }

  /** With these variables in place of the process's. */
  public BroadcastFunction(Map<String, String> environment) {
    this.broadcast = new Wiring(Settings.from(environment)).broadcast();
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    Deadline deadline =
        Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()), System::nanoTime);
    QueueBatch batch = QueueBatch.of(event);
    BatchReport report = broadcast.deliver(batch.messages(), batch.fifo(), deadline);
    return response(report.returned());
  }

  /** Never with a null list: Lambda would take that for success and delete every message. */
  private static SQSBatchResponse response(List<ReturnedMessage> returned) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>(returned.size());
    for (ReturnedMessage message : returned) {
      failures.add(new SQSBatchResponse.BatchItemFailure(message.messageId()));
    }
    return new SQSBatchResponse(failures);
  }
}
