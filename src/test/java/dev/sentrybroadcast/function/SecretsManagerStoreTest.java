package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.SecretsManagerStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The store with the client that the functions use, against a server on loopback. */
@Timeout(30)
final class SecretsManagerStoreTest {

  private final List<String> bodies = new ArrayList<>();
  private final List<Headers> headers = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private int errors;
  private String answer = "{}";

  SecretsManagerStoreTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::respond);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      bodies.add(new String(request, StandardCharsets.UTF_8));
      headers.add(exchange.getRequestHeaders());
      if (errors-- > 0) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] response = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(status, response.length);
      exchange.getResponseBody().write(response);
    }
  }

  private static SecretsManagerStore store(int port) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    return new SecretsManagerStore(
        TestClients.at(AwsClients.with(SecretsManagerClient.builder()), endpoint).build(),
        AwsClients.calls());
  }

  private Secret read() {
    return store(server.getAddress().getPort()).current("sentry-broadcast/default");
  }

  @Test
  void current_value_isReadAtItsCurrentStage() {
    answer = "{\"Name\":\"n\",\"SecretString\":\"{\\\"dsn\\\":1}\",\"VersionId\":\"v1\"}";

    assertThat(read()).isEqualTo(new Secret.Value("{\"dsn\":1}", "v1"));
    assertThat(bodies)
        .containsExactly(
            "{\"SecretId\":\"sentry-broadcast/default\",\"VersionStage\":\"AWSCURRENT\"}");
  }

  @ParameterizedTest
  @CsvSource({"AccessDeniedException", "DecryptionFailure", "InvalidParameterException"})
  void current_errorOfTheService_isItsCode(String code) {
    status = 400;
    answer = "{\"__type\":\"" + code + "\",\"message\":\"not for c0ffee00\"}";

    assertThat(read()).isEqualTo(new Secret.Unavailable(code));
  }

  @Test
  void current_noSuchSecret_isNotFound() {
    status = 400;
    answer = "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"not there\"}";

    assertThat(read()).isEqualTo(new Secret.NotFound());
  }

  @Test
  void current_markedForDeletion_isNotFound() {
    status = 400;
    answer =
        "{\"__type\":\"InvalidRequestException\",\"Message\":\"You can't perform this operation on"
            + " the secret because it was marked for deletion.\"}";

    assertThat(read()).isEqualTo(new Secret.NotFound());
  }

  @Test
  void current_garbage_isUnavailable() {
    answer = "<html>c0ffee00";

    assertThat(read())
        .isInstanceOfSatisfying(
            Secret.Unavailable.class,
            unavailable -> assertThat(unavailable.kind()).doesNotContain("c0ffee", "html"));
  }

  @Test
  void version_value_isAskedByItsId() {
    answer = "{\"SecretString\":\"{}\",\"VersionId\":\"v1\"}";

    assertThat(store(server.getAddress().getPort()).version("n", "v1"))
        .isEqualTo(new Secret.Value("{}", "v1"));
    assertThat(bodies).containsExactly("{\"SecretId\":\"n\",\"VersionId\":\"v1\"}");
  }

  @Test
  void current_binaryValue_isReadAsUtf8() {
    String bytes = Base64.getEncoder().encodeToString("{\"ü\":1}".getBytes(StandardCharsets.UTF_8));
    answer = "{\"SecretBinary\":\"" + bytes + "\",\"VersionStages\":[\"AWSCURRENT\"]}";

    assertThat(read()).isEqualTo(new Secret.Value("{\"ü\":1}", ""));
  }

  @Test
  void current_binaryThatIsNone_isUnavailable() {
    answer = "{\"SecretBinary\":\"*\"}";

    assertThat(read())
        .isEqualTo(new Secret.Unavailable("SdkClientException by IllegalArgumentException"));
  }

  @Test
  void current_invalidForAnotherReason_isUnavailable() {
    status = 400;
    answer = "{\"__type\":\"InvalidRequestException\",\"Message\":\"not for c0ffee00\"}";

    assertThat(read()).isEqualTo(new Secret.Unavailable("InvalidRequestException"));
    assertThat(bodies).hasSize(1);
  }

  @Test
  void current_codeWithItsNamespace_isTheCode() {
    status = 400;
    answer = "{\"__type\":\"com.amazonaws.secretsmanager#AccessDeniedException\"}";

    assertThat(read()).isEqualTo(new Secret.Unavailable("AccessDeniedException"));
  }

  @Test
  void current_passingErrors_areTriedAgain() {
    errors = 2;
    answer = "{\"SecretString\":\"{}\",\"VersionId\":\"v1\"}";

    assertThat(read()).isEqualTo(new Secret.Value("{}", "v1"));
    assertThat(bodies).hasSize(3);
  }

  @Test
  void current_throttled_isTriedThreeTimes() {
    status = 400;
    answer = "{\"__type\":\"ThrottlingException\"}";

    assertThat(read()).isEqualTo(new Secret.Unavailable("ThrottlingException"));
    assertThat(bodies).hasSize(3);
  }

  @Test
  void current_pageOfAProxy_isItsStatus() {
    status = 502;
    answer = "<html>c0ffee00";

    assertThat(read()).isEqualTo(new Secret.Unavailable("status 502"));
  }

  @Test
  void current_noCredentials_isUnavailable() {
    SecretsManagerClient client =
        AwsClients.with(SecretsManagerClient.builder())
            .region(Region.EU_WEST_1)
            .credentialsProvider(() -> {
              throw SdkClientException.create("a message that quotes c0ffee00");
            })
            .build();

    assertThat(new SecretsManagerStore(client, AwsClients.calls()).current("a"))
        .isEqualTo(new Secret.Unavailable("SdkClientException"));
  }

  @Test
  void values_toString_haveNoText() {
    assertThat(new Secret.Value("c0ffee00", "v1")).hasToString("Value[v1]");
  }

  @Test
  void current_nobodyListens_isUnavailable() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(store(port).current("sentry-broadcast/default"))
        .isEqualTo(new Secret.Unavailable("SdkClientException by ConnectException"));
  }
}
