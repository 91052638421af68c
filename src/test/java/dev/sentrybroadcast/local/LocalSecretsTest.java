package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

final class LocalSecretsTest {

  private static final String NAME = "sentry-broadcast/default";

  private final LocalSecrets secrets = LocalSecrets.start();
  private final SecretsManagerClient client = secrets.client();

  @AfterEach
  void close() {
    client.close();
    secrets.close();
  }

  @Test
  void get_byNameArnAndPartialArn_sameValue() {
    String arn = client.createSecret(r -> r.name(NAME).secretString("one")).arn();

    assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:\\d{12}:secret:" + NAME + "-.{6}");
    for (String id : List.of(NAME, arn, arn.substring(0, arn.length() - 7))) {
      GetSecretValueResponse secret = client.getSecretValue(r -> r.secretId(id));
      assertThat(secret.secretString()).isEqualTo("one");
      assertThat(secret.name()).isEqualTo(NAME);
      assertThat(secret.versionStages()).containsExactly("AWSCURRENT");
      assertThat(secret.createdDate()).isNotNull();
    }
  }

  @Test
  void put_movesCurrentAndPrevious() {
    String first = client.createSecret(r -> r.name(NAME).secretString("one")).versionId();
    String second = put("two");
    String third = put("three");

    assertThat(stages())
        .isEqualTo(Map.of(second, List.of("AWSPREVIOUS"), third, List.of("AWSCURRENT")));
    assertThat(client.getSecretValue(r -> r.secretId(NAME)).secretString()).isEqualTo("three");
    assertThat(
            client.getSecretValue(r -> r.secretId(NAME).versionStage("AWSPREVIOUS")).secretString())
        .isEqualTo("two");
    assertThat(client.getSecretValue(r -> r.secretId(NAME).versionId(first)).secretString())
        .isEqualTo("one");
  }

  @Test
  void rotation_pendingThenCurrent_leavesPrevious() {
    String old = client.createSecret(r -> r.name(NAME).secretString("one")).versionId();
    String pending =
        client
            .putSecretValue(r -> r.secretId(NAME).secretString("two").versionStages("AWSPENDING"))
            .versionId();
    assertThat(secrets.current(NAME)).isEqualTo("one");
    assertThat(
            client.getSecretValue(r -> r.secretId(NAME).versionStage("AWSPENDING")).secretString())
        .isEqualTo("two");

    client.updateSecretVersionStage(r ->
        r.secretId(NAME)
            .versionStage("AWSCURRENT")
            .moveToVersionId(pending)
            .removeFromVersionId(old));

    assertThat(secrets.current(NAME)).isEqualTo("two");
    assertThat(stages().get(old)).containsExactly("AWSPREVIOUS");
    assertThat(stages().get(pending)).containsExactly("AWSPENDING", "AWSCURRENT");

    client.updateSecretVersionStage(
        r -> r.secretId(NAME).versionStage("AWSPENDING").removeFromVersionId(pending));
    assertThat(stages().get(pending)).containsExactly("AWSCURRENT");
  }

  @Test
  void rollback_currentBackToPrevious_swapsLabels() {
    String old = client.createSecret(r -> r.name(NAME).secretString("one")).versionId();
    String newer = put("two");

    client.updateSecretVersionStage(r ->
        r.secretId(NAME)
            .versionStage("AWSCURRENT")
            .moveToVersionId(old)
            .removeFromVersionId(newer));

    assertThat(stages())
        .isEqualTo(Map.of(old, List.of("AWSCURRENT"), newer, List.of("AWSPREVIOUS")));
  }

  @Test
  void updateStage_wrongVersions_refusedAsAws() {
    String old = client.createSecret(r -> r.name(NAME).secretString("one")).versionId();
    String pending =
        client
            .putSecretValue(r -> r.secretId(NAME).secretString("two").versionStages("AWSPENDING"))
            .versionId();

    assertThatThrownBy(() ->
            client.updateSecretVersionStage(
                r -> r.secretId(NAME).versionStage("AWSCURRENT").moveToVersionId(pending)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("RemoveFromVersionId can't be empty");
    assertThatThrownBy(() ->
            client.updateSecretVersionStage(r ->
                r.secretId(NAME)
                    .versionStage("AWSCURRENT")
                    .moveToVersionId(pending)
                    .removeFromVersionId(pending)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() ->
            client.updateSecretVersionStage(
                r -> r.secretId(NAME).versionStage("AWSCURRENT").removeFromVersionId(old)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("can't be completely removed");
    assertThat(secrets.current(NAME)).isEqualTo("one");
  }

  @Test
  void put_sameTokenTwice_idempotentOnlyForEqualValue() {
    client.createSecret(r -> r.name(NAME).secretString("one"));
    String token = UUID.randomUUID().toString();
    client.putSecretValue(r -> r.secretId(NAME).secretString("two").clientRequestToken(token));
    put("three");

    assertThat(
            client
                .putSecretValue(r -> r.secretId(NAME).secretString("two").clientRequestToken(token))
                .versionId())
        .isEqualTo(token);
    assertThat(secrets.current(NAME)).isEqualTo("three");
    assertThat(secrets.versions(NAME)).isEqualTo(3);
    assertThatThrownBy(() ->
            client.putSecretValue(
                r -> r.secretId(NAME).secretString("other").clientRequestToken(token)))
        .isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void put_firstVersionAsPending_isAlsoCurrent() {
    client.createSecret(r -> r.name(NAME));
    assertThatThrownBy(() -> client.getSecretValue(r -> r.secretId(NAME)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("AWSCURRENT");

    client.putSecretValue(r -> r.secretId(NAME).secretString("one").versionStages("AWSPENDING"));

    assertThat(secrets.current(NAME)).isEqualTo("one");
  }

  @Test
  void errors_haveAwsTypesAndStatus() {
    client.createSecret(r -> r.name(NAME).secretString("one"));

    assertThatThrownBy(() -> client.getSecretValue(r -> r.secretId("nowhere")))
        .isInstanceOf(ResourceNotFoundException.class)
        .extracting(e -> ((AwsServiceException) e).statusCode())
        .isEqualTo(400);
    assertThatThrownBy(() -> client.createSecret(r -> r.name(NAME).secretString("two")))
        .isInstanceOf(ResourceExistsException.class);
    assertThatThrownBy(() -> client.createSecret(r -> r.name("a b").secretString("two")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> client.putSecretValue(r -> r.secretId(NAME)))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() ->
            client.getSecretValue(r -> r.secretId(NAME).versionId(UUID.randomUUID().toString())))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> client.listSecrets(r -> {}))
        .isInstanceOf(SecretsManagerException.class)
        .hasMessageContaining("does not know this operation");
  }

  @Test
  void put_valueOverLimit_refused() {
    client.createSecret(r -> r.name(NAME).secretString("x".repeat(65_536)));

    assertThatThrownBy(() -> put("x".repeat(65_537))).isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> put("é".repeat(32_769))).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void faults_countedAndTemporary() {
    secrets.put(NAME, "one");
    secrets.fail(true);
    assertThatThrownBy(() -> client.getSecretValue(r -> r.secretId(NAME)))
        .isInstanceOf(InternalServiceErrorException.class);
    secrets.fail(false);
    int before = secrets.calls("GetSecretValue");

    secrets.failNext(1);

    assertThat(client.getSecretValue(r -> r.secretId(NAME)).secretString()).isEqualTo("one");
    assertThat(secrets.calls("GetSecretValue")).isEqualTo(before + 2);
  }

  private String put(String value) {
    return client.putSecretValue(r -> r.secretId(NAME).secretString(value)).versionId();
  }

  private Map<String, List<String>> stages() {
    return client.describeSecret(r -> r.secretId(NAME)).versionIdsToStages();
  }
}
