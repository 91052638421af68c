package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: a handler between the managed runtime's own serializers, ended when
 * its time is over. Used by one thread.
 */
final class LocalFunction {

  /** How an invocation ended. */
  sealed interface Result {
    record Answered(String json) implements Result {}

    /** The handler, or its constructor, threw. */
    record Threw(String type) implements Result {}

    record TimedOut() implements Result {}
  }

  private final Supplier<? extends RequestHandler<SQSEvent, SQSBatchResponse>> constructor;
  private final Duration timeout;
  private final Consumer<String> log;
  private @Nullable RequestHandler<SQSEvent, SQSBatchResponse> handler;

  LocalFunction(
      Supplier<? extends RequestHandler<SQSEvent, SQSBatchResponse>> constructor,
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

  private String answer(String eventJson) {
    RequestHandler<SQSEvent, SQSBatchResponse> ready = handler;
    if (ready == null) {
      ready = constructor.get();
      handler = ready;
    }
    SQSEvent event = serializer(SQSEvent.class).fromJson(eventJson);
    SQSBatchResponse response = ready.handleRequest(event, new LocalContext(timeout, log));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    serializer(SQSBatchResponse.class).toJson(response, json);
    return json.toString(StandardCharsets.UTF_8);
  }

  /** The runtime's choice between its two serializers. */
  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
        ? LambdaEventSerializers.serializerFor(type, LocalFunction.class.getClassLoader())
        : JacksonFactory.getInstance().getSerializer(type);
  }
}
