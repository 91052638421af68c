package dev.sentrybroadcast.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

/**
 * Secrets written to AWS Secrets Manager, in the steps of its own rotation. <a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Rotation
 * functions</a>
 */
public final class SecretsManagerVault implements DestinationVault {

  private static final String CURRENT = "AWSCURRENT";
  private static final String PENDING = "AWSPENDING";

  private static final AwsRequestOverrideConfiguration TIMEOUTS =
      AwsRequestOverrideConfiguration.builder()
          .apiCallTimeout(Duration.ofSeconds(6))
          .apiCallAttemptTimeout(Duration.ofSeconds(3))
          .build();

  private final SecretsManagerClient client;
  private final SecretsManagerStore store;

  /** Writes by the client, reads from the store. */
  public SecretsManagerVault(SecretsManagerClient client, SecretsManagerStore store) {
    this.client = client;
    this.store = store;
  }

  @Override
  public Secret current(String secretName) {
    return store.current(secretName);
  }

  @Override
  public Secret version(String secretName, String versionId) {
    return store.version(secretName, versionId);
  }

  @Override
  public Written putPending(String secretName, String text) {
    try {
      PutSecretValueResponse response =
          client.putSecretValue(request ->
              request
                  .secretId(secretName)
                  .secretString(text)
                  .versionStages(PENDING)
                  .overrideConfiguration(TIMEOUTS));
      return new Written.Version(response.versionId());
    } catch (SdkException e) {
      return new Written.Unavailable(kind(e));
    }
  }

  @Override
  public Written create(String secretName, String text) {
    try {
      CreateSecretResponse response =
          client.createSecret(request ->
              request.name(secretName).secretString(text).overrideConfiguration(TIMEOUTS));
      return new Written.Version(response.versionId());
    } catch (ResourceExistsException _) {
      return new Written.Exists();
    } catch (SdkException e) {
      return new Written.Unavailable(kind(e));
    }
  }

  @Override
  public Promotion promote(String secretName, String versionId, @Nullable String replaced) {
    try {
      client.updateSecretVersionStage(request ->
          request
              .secretId(secretName)
              .versionStage(CURRENT)
              .moveToVersionId(versionId)
              .removeFromVersionId(replaced)
              .overrideConfiguration(TIMEOUTS));
      return new Promotion.Done();
    } catch (InvalidParameterException _) {
      return new Promotion.Overtaken();
    } catch (InvalidRequestException _) {
      // The label is not where it was said to be: documented to fail, not with which code.
      return new Promotion.Overtaken();
    } catch (SdkException e) {
      return new Promotion.Unavailable(kind(e));
    }
  }

  @Override
  public void dropPending(String secretName, String versionId) {
    try {
      client.updateSecretVersionStage(request ->
          request
              .secretId(secretName)
              .versionStage(PENDING)
              .removeFromVersionId(versionId)
              .overrideConfiguration(TIMEOUTS));
    } catch (SdkException _) {
      // The next save takes the label over.
    }
  }

  /** The service's error code, else the exception's class and its cause's; never a message. */
  private static String kind(SdkException e) {
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
