package dev.sentrybroadcast.destination;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Secrets in AWS Secrets Manager. Writes follow the steps of its own rotation. <a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Rotation
 * functions</a>
 */
public final class SecretsManagerStore implements WritableSecretStore {

  private static final String CURRENT = "AWSCURRENT";
  private static final String PENDING = "AWSPENDING";

  private final SecretsManagerClient client;
  private final AwsCalls calls;

  public SecretsManagerStore(SecretsManagerClient client, AwsCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public Secret current(String secretName) {
    return read(request -> request.secretId(secretName).versionStage(CURRENT));
  }

  @Override
  public Secret version(String secretName, String versionId) {
    return read(request -> request.secretId(secretName).versionId(versionId));
  }

  private Secret read(Consumer<GetSecretValueRequest.Builder> version) {
    try {
      GetSecretValueResponse response = calls.run(() -> client.getSecretValue(version));
      String versionId = response.versionId();
      return new Secret.Value(text(response), versionId == null ? "" : versionId);
    } catch (ResourceNotFoundException _) {
      // Also for a secret without a version of this stage.
      return new Secret.NotFound();
    } catch (SdkException e) {
      return isMarkedForDeletion(e)
          ? new Secret.NotFound()
          : new Secret.Unavailable(AwsCalls.kind(e));
    }
  }

  private static String text(GetSecretValueResponse response) {
    if (response.secretString() != null) {
      return response.secretString();
    }
    return response.secretBinary() == null ? "" : response.secretBinary().asUtf8String();
  }

  /**
   * Secrets Manager has no error code for it. The message is "You can't perform this operation on
   * the secret because it was marked for deletion". <a
   * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
   */
  private static boolean isMarkedForDeletion(SdkException e) {
    return e instanceof InvalidRequestException
        && String.valueOf(e.getMessage()).contains("deletion");
  }

  @Override
  public Written putPending(String secretName, String text) {
    return written(() ->
        client
            .putSecretValue(
                request -> request.secretId(secretName).secretString(text).versionStages(PENDING))
            .versionId());
  }

  @Override
  public Written create(String secretName, String text) {
    return written(() ->
        client.createSecret(request -> request.name(secretName).secretString(text)).versionId());
  }

  @Override
  public Written promote(String secretName, String versionId, @Nullable String replaced) {
    return written(() -> {
      moveStage(secretName, CURRENT, replaced, versionId);
      return versionId;
    });
  }

  private Written written(Supplier<String> call) {
    try {
      return new Written.Version(calls.run(call));
    } catch (ResourceExistsException _) {
      return new Written.Exists();
    } catch (SdkException e) {
      return new Written.Unavailable(AwsCalls.kind(e));
    }
  }

  @Override
  public void dropPending(String secretName, String versionId) {
    try {
      moveStage(secretName, PENDING, versionId, null);
    } catch (SdkException _) {
      // The next save takes the label over.
    }
  }

  private void moveStage(
      String secretName, String stage, @Nullable String from, @Nullable String to) {
    calls.run(() ->
        client.updateSecretVersionStage(request ->
            request
                .secretId(secretName)
                .versionStage(stage)
                .removeFromVersionId(from)
                .moveToVersionId(to)));
  }
}
