package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.destination.SignedJsonCalls.Answer;
import dev.sentrybroadcast.destination.SignedJsonCalls.Operation;
import dev.sentrybroadcast.destination.SignedJsonCalls.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Secrets in AWS Secrets Manager, read by {@code GetSecretValue}. <a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class SecretsManagerStore implements SecretStore {

  private static final JsonFactory JSON = new JsonFactory();

  private static final Operation GET =
      new Operation(
          "secretsmanager", "secretsmanager.GetSecretValue", "application/x-amz-json-1.1");

  private static final String CURRENT = "AWSCURRENT";

  /** A batch must not wait for tries in vain: none begins later than this after the first. */
  private static final Duration LAST_TRY = Duration.ofSeconds(2);

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final SignedJsonCalls calls;
  private final Supplier<Site> site;
  private final LongSupplier nanos;

  /**
   * Calls nothing yet.
   *
   * @param calls whose HTTP client bounds one try
   * @param site asked at each read
   * @param nanos a clock that only moves on
   */
  public SecretsManagerStore(SignedJsonCalls calls, Supplier<Site> site, LongSupplier nanos) {
    this.calls = calls;
    this.site = site;
    this.nanos = nanos;
  }

  @Override
  public Secret current(String secretName) {
    return read(secretName, "VersionStage", CURRENT);
  }

  /** Reads one version, whatever its stage. */
  Secret version(String secretName, String versionId) {
    return read(secretName, "VersionId", versionId);
  }

  private Secret read(String secretName, String field, String value) {
    try {
      return read(body(secretName, field, value));
    } catch (IOException | SdkException | IllegalArgumentException e) {
      // The last of base64 that is none.
      return new Secret.Unavailable(kind(e));
    }
  }

  private Secret read(byte[] body) throws IOException {
    long start = nanos.getAsLong();
    for (int tries = 1; ; tries++) {
      boolean last = tries == TRIES || nanos.getAsLong() - start > LAST_TRY.toNanos();
      try {
        Answer answer = calls.post(GET, site.get(), body);
        SecretAnswer read = SecretAnswer.read(answer);
        if (last || !read.isPassing(answer.status())) {
          return read.secret(answer.status());
        }
      } catch (JacksonException e) {
        throw e;
      } catch (IOException e) {
        if (last) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos() * tries);
    }
  }

  private static byte[] body(String secretName, String field, String value) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(128);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("SecretId", secretName);
      json.writeStringField(field, value);
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  /** The exception's class and its cause's; never a message. */
  private static String kind(Exception e) {
    String kind = e.getClass().getSimpleName();
    Throwable cause = e.getCause();
    return cause == null ? kind : kind + " by " + cause.getClass().getSimpleName();
  }
}
