package dev.sentrybroadcast.destination;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs calls of AWS within the time that the invocation has. The SDK's own time limit cannot end a
 * name look-up, nor a read by the JDK's HTTP client of a chunk's size that arrives byte by byte. So
 * each call has a thread, which is abandoned when the time is over.
 */
public final class AwsCalls {

  /** Other text may come from a proxy and must not be logged. */
  private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z.]{1,64}");

  private final Supplier<Duration> limit;

  /** Takes the time limit of a call; it is asked before each one. */
  public AwsCalls(Supplier<Duration> limit) {
    this.limit = limit;
  }

  /**
   * Runs the call.
   *
   * @throws SdkException if it fails or its time is over
   */
  public <T> T run(Supplier<T> call) {
    long millis = limit.get().toMillis();
    FutureTask<T> task = new FutureTask<>(call::get);
    Thread.ofPlatform().daemon().name("aws-call").start(task);
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw ApiCallTimeoutException.create(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /** The service's error code or HTTP status, else the exception's class; never a message. */
  public static String kind(SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      String code =
          service.awsErrorDetails() == null ? null : service.awsErrorDetails().errorCode();
      return code != null && ERROR_CODE.matcher(code).matches()
          ? code
          : "status " + service.statusCode();
    }
    String kind = failure.getClass().getSimpleName();
    Throwable cause = failure.getCause();
    return cause == null ? kind : kind + " by " + cause.getClass().getSimpleName();
  }
}
