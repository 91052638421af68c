package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Polls a queue and invokes a function as Lambda's SQS event source mapping does, with {@code
 * ReportBatchItemFailures}: deletes what succeeded, leaves what failed to the visibility timeout,
 * and the redrive to the queue. Not emulated: scaling, throttling and back-off of the pollers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with
 *     SQS</a>
 */
public final class LambdaEventSource implements AutoCloseable {

  /** Lambda's limit on the payload of a synchronous invocation. */
  static final int MAX_PAYLOAD_BYTES = 6 << 20;

  private static final int RECEIVE_LIMIT = EventSourceSettings.RECEIVE_LIMIT;

  /**
   * What one invocation was given, and what became of it.
   *
   * @param failed ids of the messages that stay on the queue
   */
  public record Invocation(List<Message> messages, Set<String> failed) {
    @Override
    public String toString() {
      return "Invocation[" + messages.size() + " messages, " + failed.size() + " failed]";
    }
  }

  /** What has happened so far, all pollers together. */
  public record Counts(
      int invocations, int received, int deleted, int returned, int exceptions, int timeouts) {

    Counts plus(int received, int failed, LocalFunction.Result result) {
      return new Counts(
          invocations + 1,
          this.received + received,
          deleted + received - failed,
          returned + failed,
          exceptions + (result instanceof LocalFunction.Result.Threw ? 1 : 0),
          timeouts + (result instanceof LocalFunction.Result.TimedOut ? 1 : 0));
    }
  }

  private final SqsClient client;
  private final QueuePair queue;
  private final EventSourceSettings settings;
  private final Consumer<Invocation> listener;
  private final Changes changes = new Changes();
  private final List<Thread> pollers = new ArrayList<>();
  private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
  private volatile boolean closed;

  private LambdaEventSource(
      LocalQueues queues,
      QueuePair queue,
      EventSourceSettings settings,
      Consumer<Invocation> listener) {
    this.client = queues.client();
    this.queue = queue;
    this.settings = settings;
    this.listener = listener;
  }

  /** With the default settings and one handler. */
  public static LambdaEventSource start(
      LocalQueues queues, QueuePair queue, RequestStreamHandler handler) {
    return start(queues, queue, () -> handler, EventSourceSettings.DEFAULTS, _ -> {});
  }

  /**
   * Starts the pollers.
   *
   * @param constructor called in the first invocation of each environment
   * @param listener told of each invocation once what succeeded is deleted
   */
  public static LambdaEventSource start(
      LocalQueues queues,
      QueuePair queue,
      Supplier<? extends RequestStreamHandler> constructor,
      EventSourceSettings settings,
      Consumer<Invocation> listener) {
    LambdaEventSource source = new LambdaEventSource(queues, queue, settings, listener);
    for (int i = 0; i < settings.concurrency(); i++) {
      LocalFunction function =
          new LocalFunction(constructor, settings.functionTimeout(), settings.log());
      source.pollers.add(
          Thread.ofPlatform().daemon().name("poller-" + i).start(() -> source.poll(function)));
    }
    return source;
  }

  public Counts counts() {
    synchronized (changes) {
      return counts;
    }
  }

  public void awaitDeleted(int messages, Duration limit) {
    await(messages + " deleted messages", limit, seen -> seen.deleted() >= messages);
  }

  public void awaitInvocations(int invocations, Duration limit) {
    await(invocations + " invocations", limit, seen -> seen.invocations() >= invocations);
  }

  public void await(String what, Duration limit, Predicate<Counts> enough) {
    changes.await(what, limit, () -> enough.test(counts), () -> counts.toString());
  }

  /** Finishes the invocations that run. */
  @Override
  public void close() {
    closed = true;
    for (Thread poller : pollers) {
      try {
        poller.join(settings.functionTimeout().plusSeconds(2));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void poll(LocalFunction function) {
    Deque<Message> carriedOver = new ArrayDeque<>();
    try {
      while (!closed) {
        List<Message> batch = batch(carriedOver);
        if (!batch.isEmpty()) {
          invoke(function, batch);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (SdkException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** Full, or the window is over, or the payload would be too large. */
  private List<Message> batch(Deque<Message> carriedOver) throws InterruptedException {
    while (carriedOver.isEmpty()) {
      if (closed) {
        return List.of();
      }
      carriedOver.addAll(receive(settings.batchSize(), 1));
    }
    long end = System.nanoTime() + settings.window().toNanos();
    while (carriedOver.size() < settings.batchSize() && System.nanoTime() < end && !closed) {
      List<Message> more = receive(settings.batchSize() - carriedOver.size(), 0);
      carriedOver.addAll(more);
      if (more.isEmpty()) {
        Thread.sleep(20);
      }
    }
    List<Message> batch = new ArrayList<>();
    int bytes = 0;
    while (!carriedOver.isEmpty()) {
      bytes += SqsEventJson.bytes(carriedOver.getFirst(), queue.arn());
      if (!batch.isEmpty() && bytes > MAX_PAYLOAD_BYTES) {
        break;
      }
      batch.add(carriedOver.removeFirst());
    }
    return batch;
  }

  private List<Message> receive(int wanted, int waitSeconds) {
    return client
        .receiveMessage(r ->
            r.queueUrl(queue.url())
                .maxNumberOfMessages(Math.min(wanted, RECEIVE_LIMIT))
                .waitTimeSeconds(waitSeconds)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All"))
        .messages();
  }

  private void invoke(LocalFunction function, List<Message> batch) throws InterruptedException {
    List<String> ids = batch.stream().map(Message::messageId).toList();
    LocalFunction.Result result = function.invoke(SqsEventJson.event(batch, queue.arn()));
    Set<String> failed =
        switch (result) {
          case LocalFunction.Result.Answered(String json) -> BatchVerdict.failed(json, ids);
          case LocalFunction.Result.Threw _, LocalFunction.Result.TimedOut _ -> new HashSet<>(ids);
        };
    delete(batch.stream().filter(message -> !failed.contains(message.messageId())).toList());
    synchronized (changes) {
      counts = counts.plus(batch.size(), failed.size(), result);
      changes.announce();
    }
    listener.accept(new Invocation(batch, failed));
  }

  private void delete(List<Message> succeeded) {
    for (int from = 0; from < succeeded.size(); from += RECEIVE_LIMIT) {
      List<Message> ten = succeeded.subList(from, Math.min(from + RECEIVE_LIMIT, succeeded.size()));
      List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
      for (Message message : ten) {
        entries.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(message.receiptHandle())
                .build());
      }
      // An entry that is refused was received again meanwhile: it will be processed again.
      client.deleteMessageBatch(r -> r.queueUrl(queue.url()).entries(entries));
    }
  }
}
