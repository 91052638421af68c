package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.SecretStore.Secret;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

final class SecretsManagerStoreTest {

  private static final String MESSAGE = "a message that quotes c0ffee00";

  /** Answers as it is told, and keeps what it was asked. */
  private static final class FakeClient implements SecretsManagerClient {

    private final List<GetSecretValueRequest> requests = new ArrayList<>();
    private final Function<GetSecretValueRequest, GetSecretValueResponse> answer;

    FakeClient(Function<GetSecretValueRequest, GetSecretValueResponse> answer) {
      this.answer = answer;
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      requests.add(request);
      return answer.apply(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static Secret read(Function<GetSecretValueRequest, GetSecretValueResponse> answer) {
    return new SecretsManagerStore(() -> new FakeClient(answer)).current("p/default");
  }

  @Test
  void current_value_hasTextAndVersion() {
    assertThat(
            read(_ -> GetSecretValueResponse.builder().secretString("{}").versionId("v1").build()))
        .isEqualTo(new Secret.Value("{}", "v1"));
  }

  @Test
  void current_binaryValue_isReadAsUtf8() {
    SdkBytes bytes = SdkBytes.fromUtf8String("{\"ü\":1}");

    assertThat(
            read(_ -> GetSecretValueResponse.builder().secretBinary(bytes).versionId("v1").build()))
        .isEqualTo(new Secret.Value("{\"ü\":1}", "v1"));
  }

  @Test
  void current_request_asksForTheStageCurrentWithinABound() {
    FakeClient client =
        new FakeClient(_ -> GetSecretValueResponse.builder().secretString("{}").build());

    new SecretsManagerStore(() -> client).current("p/default");

    GetSecretValueRequest request = client.requests.getFirst();
    assertThat(request.secretId()).isEqualTo("p/default");
    assertThat(request.versionStage()).isEqualTo("AWSCURRENT");
    assertThat(request.versionId()).isNull();
    assertThat(
            request
                .overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::apiCallTimeout))
        .hasValueSatisfying(
            timeout -> assertThat(timeout).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    assertThat(
            request
                .overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::apiCallAttemptTimeout))
        .hasValueSatisfying(
            timeout -> assertThat(timeout).isLessThanOrEqualTo(Duration.ofSeconds(2)));
  }

  @Test
  void current_client_isMadeAtTheFirstReadAndOnce() {
    List<FakeClient> made = new ArrayList<>();
    SecretsManagerStore store =
        new SecretsManagerStore(() -> {
          FakeClient client =
              new FakeClient(_ -> GetSecretValueResponse.builder().secretString("{}").build());
          made.add(client);
          return client;
        });
    assertThat(made).isEmpty();

    store.current("a");
    store.current("b");

    assertThat(made).hasSize(1);
  }

  @Test
  void current_clientCannotBeMade_isUnavailable() {
    SecretsManagerStore store =
        new SecretsManagerStore(() -> {
          throw SdkClientException.create(MESSAGE);
        });

    assertThat(store.current("a")).isEqualTo(new Secret.Unavailable("SdkClientException"));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            ResourceNotFoundException.builder().message(MESSAGE).build(), new Secret.NotFound()),
        Arguments.of(
            ResourceNotFoundException.builder()
                .message(
                    "Secrets Manager can't find the specified secret value for staging label:"
                        + " AWSCURRENT")
                .build(),
            new Secret.NotFound()),
        Arguments.of(
            InvalidRequestException.builder()
                .message(
                    "You can't perform this operation on the secret because it was marked for"
                        + " deletion.")
                .build(),
            new Secret.NotFound()),
        Arguments.of(
            InvalidRequestException.builder().message(MESSAGE).build(),
            new Secret.Unavailable("InvalidRequestException")),
        Arguments.of(
            DecryptionFailureException.builder().message(MESSAGE).build(),
            new Secret.Unavailable("DecryptionFailureException")),
        Arguments.of(
            SecretsManagerException.builder()
                .message(MESSAGE)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage(MESSAGE)
                        .build())
                .build(),
            new Secret.Unavailable("AccessDeniedException")),
        Arguments.of(
            ApiCallTimeoutException.create(2000),
            new Secret.Unavailable("ApiCallTimeoutException")),
        Arguments.of(
            SdkClientException.create(MESSAGE, new UnknownHostException(MESSAGE)),
            new Secret.Unavailable("SdkClientException by UnknownHostException")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void current_failure_isItsKindAndNeverItsMessage(RuntimeException failure, Secret expected) {
    Secret secret =
        read(_ -> {
          throw failure;
        });

    assertThat(secret).isEqualTo(expected);
  }

  @Test
  void value_toString_hasNoText() {
    assertThat(new Secret.Value("c0ffee00", "v1")).hasToString("Value[v1]");
  }
}
