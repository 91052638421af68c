package dev.sentrybroadcast.destination;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets in AWS Secrets Manager. */
public final class SecretsManagerStore implements SecretStore {

  private static final String CURRENT = "AWSCURRENT";

  /** Of one read with its retries, and of one try: a batch must not wait for them in vain. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

  private final Supplier<? extends SecretsManagerClient> clients;
  private final Duration callTimeout;
  private final Duration attemptTimeout;
  private @Nullable SecretsManagerClient client;

  /**
   * Makes no client yet.
   *
   * @param clients asked once, at the first read
   */
  public SecretsManagerStore(Supplier<? extends SecretsManagerClient> clients) {
    this(clients, CALL_TIMEOUT, ATTEMPT_TIMEOUT);
  }

  SecretsManagerStore(
      Supplier<? extends SecretsManagerClient> clients,
      Duration callTimeout,
      Duration attemptTimeout) {
    this.clients = clients;
    this.callTimeout = callTimeout;
    this.attemptTimeout = attemptTimeout;
  }

  @Override
  public Secret current(String secretName) {
    return read(secretName, request -> request.versionStage(CURRENT));
  }

  /** Reads one version, whatever its stage. */
  Secret version(String secretName, String versionId) {
    return read(secretName, request -> request.versionId(versionId));
  }

  private Secret read(String secretName, Consumer<GetSecretValueRequest.Builder> which) {
    try {
      GetSecretValueRequest request =
          GetSecretValueRequest.builder()
              .secretId(secretName)
              .applyMutation(which)
              .overrideConfiguration(timeouts ->
                  timeouts.apiCallTimeout(callTimeout).apiCallAttemptTimeout(attemptTimeout))
              .build();
      GetSecretValueResponse response = client().getSecretValue(request);
      String version = response.versionId();
      return new Secret.Value(text(response), version == null ? "" : version);
    } catch (ResourceNotFoundException _) {
      // Also of a secret that has no version with this stage yet.
      return new Secret.NotFound();
    } catch (InvalidRequestException e) {
      return isMarkedForDeletion(e) ? new Secret.NotFound() : new Secret.Unavailable(kind(e));
    } catch (SdkException e) {
      return new Secret.Unavailable(kind(e));
    }
  }

  private synchronized SecretsManagerClient client() {
    SecretsManagerClient made = client;
    if (made == null) {
      made = clients.get();
      client = made;
    }
    return made;
  }

  private static String text(GetSecretValueResponse response) {
    String text = response.secretString();
    if (text != null) {
      return text;
    }
    SdkBytes bytes = response.secretBinary();
    return bytes == null ? "" : new String(bytes.asByteArray(), StandardCharsets.UTF_8);
  }

  /**
   * The documented words are "You can't perform this operation on the secret because it was marked
   * for deletion". <a
   * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
   */
  private static boolean isMarkedForDeletion(InvalidRequestException e) {
    String message = e.getMessage();
    return message != null && message.contains("deletion");
  }

  /** The service's error code, else the exception's class and its cause's; never a message. */
  static String kind(SdkException e) {
    if (e instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && service.awsErrorDetails().errorCode() != null) {
      return service.awsErrorDetails().errorCode();
    }
    String kind = e.getClass().getSimpleName();
    Throwable cause = e.getCause();
    return cause == null ? kind : kind + " by " + cause.getClass().getSimpleName();
  }
}
