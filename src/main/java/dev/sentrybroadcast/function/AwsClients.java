package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.destination.AwsCalls;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The clients of AWS and the time limit of their calls. Region, endpoint, credentials, FIPS,
 * dual-stack and proxies come from the SDK's own settings.
 */
final class AwsClients {

  private static final Duration LONGEST_CALL = Duration.ofSeconds(6);
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(3);

  private AwsClients() {}

  static SecretsManagerClient secretsManager() {
    return with(SecretsManagerClient.builder()).build();
  }

  static SqsClient sqs() {
    return with(SqsClient.builder()).build();
  }

  /**
   * Whole objects are told by their length: their checksums may be of a kind that needs native
   * code.
   */
  static S3Client s3() {
    return with(S3Client.builder())
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  /** Makes a client at its first use, because its classes take part of a cold start. */
  static <C> Supplier<C> atFirstUse(Supplier<C> client) {
    return new Supplier<>() {
      private @Nullable C made;

      @Override
      public synchronized C get() {
        C current = made == null ? client.get() : made;
        made = current;
        return current;
      }
    };
  }

  /** Sets the HTTP client, time limits and retries: at most three attempts. */
  static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B with(B client) {
    return client
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(1))
                .socketTimeout(Duration.ofSeconds(2)))
        .overrideConfiguration(settings ->
            settings
                .retryStrategy(RetryMode.STANDARD)
                .apiCallTimeout(LONGEST_CALL)
                .apiCallAttemptTimeout(LONGEST_ATTEMPT));
  }

  /**
   * Calls that take at most half of the time that the invocation has left, so that it can still
   * deliver by the last good value of a destination.
   */
  static AwsCalls calls() {
    return new AwsCalls(() -> {
      long half = Invocation.timeLeft().minus(Deadline.RESERVE).toMillis() / 2;
      return Duration.ofMillis(Math.clamp(half, 1, LONGEST_CALL.toMillis()));
    });
  }
}
