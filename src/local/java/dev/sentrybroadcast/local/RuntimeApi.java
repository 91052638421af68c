package dev.sentrybroadcast.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API: hands out events one at a time and collects what is answered. Times are of
 * {@link System#nanoTime}, taken as a request arrived or its answer was ready.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
public final class RuntimeApi implements AutoCloseable {

  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final long FUNCTION_TIMEOUT_MILLIS = 30_000;
  private static final byte[] NOTHING = {};

  private final LoopbackServer server = new LoopbackServer(0, new Door());
  private final BlockingQueue<byte[]> events = new ArrayBlockingQueue<>(16);
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(16);
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile long readyNanos;
  private volatile long handedNanos;
  private volatile long answeredNanos;

  /**
   * What the function's process said.
   *
   * @param kind {@code response}, {@code error} or {@code init/error}
   */
  public record Answer(String kind, String body) {}

  public RuntimeApi() {
    server.start();
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  public Answer invoke(String event, Duration limit) throws InterruptedException {
    return invoke(event.getBytes(StandardCharsets.UTF_8), limit);
  }

  public Answer invoke(byte[] event, Duration limit) throws InterruptedException {
    events.put(event);
    return answer(limit);
  }

  /** The next answer, such as that the function could not start. */
  public Answer answer(Duration limit) throws InterruptedException {
    Answer answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new AssertionError("no answer of the function in " + limit);
    }
    return answer;
  }

  /** Until a function with SnapStart has run its hooks and waits for its restore. */
  public void awaitCheckpoint(Duration limit) throws InterruptedException {
    await(checkpoint, "a checkpoint", limit);
  }

  /** Answers what {@link #awaitCheckpoint} saw. */
  public void restore() {
    restored.countDown();
  }

  /** Until the function asks for its first event. */
  public void awaitReady(Duration limit) throws InterruptedException {
    await(ready, "a request for an event", limit);
  }

  /** When the function first asked for an event. */
  public long readyNanos() {
    return readyNanos;
  }

  /** When the last event was handed out. */
  public long handedNanos() {
    return handedNanos;
  }

  /** When the last answer arrived. */
  public long answeredNanos() {
    return answeredNanos;
  }

  private static void await(CountDownLatch latch, String what, Duration limit)
      throws InterruptedException {
    if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("no " + what + " of the function in " + limit);
    }
  }

  @Override
  public void close() {
    closed = true;
    restored.countDown();
    // Wakes the thread that holds the function's request.
    events.offer(NOTHING);
    server.close();
  }

  /** One thread per connection: it may wait. */
  private final class Door implements LoopbackServer.Judge {

    @Override
    public Reply judge(HttpRequest request) {
      long now = System.nanoTime();
      String path = request.path().substring(RUNTIME.length());
      try {
        return switch (path) {
          case "invocation/next" -> next(now);
          case "restore/next" -> restored();
          default -> answered(path, request, now);
        };
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Reply.closed();
      }
    }

    @Override
    public Reply.Answer answer(Reply reply, HttpRequest request) {
      return (Reply.Answer) reply;
    }

    private Reply next(long now) throws InterruptedException {
      if (ready.getCount() > 0) {
        readyNanos = now;
        ready.countDown();
      }
      byte[] event = events.take();
      if (closed) {
        return Reply.closed();
      }
      handedNanos = System.nanoTime();
      long deadline = System.currentTimeMillis() + FUNCTION_TIMEOUT_MILLIS;
      return new Reply.Answer(
          200,
          Map.of(
              "Lambda-Runtime-Aws-Request-Id",
              "request-1",
              "Lambda-Runtime-Deadline-Ms",
              Long.toString(deadline),
              "Lambda-Runtime-Invoked-Function-Arn",
              "arn:aws:lambda:us-east-1:000000000000:function:broadcast",
              // The runtime client's native part dies of its absence.
              "Content-Type",
              "application/json"),
          event);
    }

    private Reply restored() throws InterruptedException {
      checkpoint.countDown();
      restored.await();
      return new Reply.Answer(200, Map.of(), NOTHING);
    }

    private Reply answered(String path, HttpRequest request, long now) {
      answeredNanos = now;
      String kind = path.equals("init/error") ? path : path.substring(path.lastIndexOf('/') + 1);
      answers.add(new Answer(kind, new String(request.body(), StandardCharsets.UTF_8)));
      return new Reply.Answer(202, Map.of(), NOTHING);
    }
  }
}
