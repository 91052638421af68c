package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One execution environment: a handler that is ended when its time is over. Used by one thread. */
final class LocalFunction {

  /** How an invocation ended. */
  sealed interface Result {
    record Answered(String json) implements Result {}

    /** The handler, or its constructor, threw. */
    record Threw(String type) implements Result {}

    record TimedOut() implements Result {}
  }

  private final Supplier<? extends RequestStreamHandler> constructor;
  private final Duration timeout;
  private final Consumer<String> log;
  private @Nullable RequestStreamHandler handler;

  LocalFunction(
      Supplier<? extends RequestStreamHandler> constructor,
      Duration timeout,
      Consumer<String> log) {
    this.constructor = constructor;
    this.timeout = timeout;
    this.log = log;
  }

  Result invoke(String eventJson) throws InterruptedException {
    FutureTask<String> task = new FutureTask<>(() -> answer(eventJson));
    Thread invocation = Thread.ofPlatform().daemon().name("invocation").start(task);
    try {
      return new Result.Answered(task.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      // Lambda kills the process: the next invocation gets a new environment.
      handler = null;
      invocation.interrupt();
      return new Result.TimedOut();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return new Result.Threw(String.valueOf(cause == null ? e : cause.getClass().getName()));
    }
  }

  private String answer(String eventJson) throws IOException {
    RequestStreamHandler ready = handler;
    if (ready == null) {
      ready = constructor.get();
      handler = ready;
    }
    ByteArrayInputStream event =
        new ByteArrayInputStream(eventJson.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    ready.handleRequest(event, response, new LocalContext(timeout, log));
    return response.toString(StandardCharsets.UTF_8);
  }
}
