package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An invocation's context: its remaining time really runs out. */
public final class LocalContext implements Context {

  private final String requestId = UUID.randomUUID().toString();
  private final long endNanos;
  private final LambdaLogger logger;

  public LocalContext(Duration timeout) {
    this(timeout, System.out::print);
  }

  /**
   * With a log of its own.
   *
   * @param log gets each text as it was logged; the runtime adds no end of line, either
   */
  public LocalContext(Duration timeout, Consumer<String> log) {
    endNanos = System.nanoTime() + timeout.toNanos();
    logger =
        new LambdaLogger() {
          @Override
          public void log(String message) {
            log.accept(message);
          }

          @Override
          public void log(byte[] message) {
            log.accept(new String(message, StandardCharsets.UTF_8));
          }
        };
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/local";
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return "local";
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:" + LocalQueues.REGION + ":000000000000:function:local";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, (endNanos - System.nanoTime()) / 1_000_000);
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }
}
