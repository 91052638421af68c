package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The real client and the real HTTP of the SDK, against a server that speaks AWS JSON 1.1. */
@Timeout(30)
final class SecretsManagerStoreHttpTest {

  private final List<String> bodies = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  SecretsManagerStoreHttpTest() throws IOException {
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
      byte[] response = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(status, response.length);
      exchange.getResponseBody().write(response);
    }
  }

  private static SecretsManagerClient client(int port) {
    return SecretsManagerClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private Secret read() {
    try (SecretsManagerClient client = client(server.getAddress().getPort())) {
      return new SecretsManagerStore(() -> client).current("sentry-broadcast/default");
    }
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
  void current_silentServer_isUnavailableWithinTheBound() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SecretsManagerClient client = client(silent.getLocalPort())) {
      SecretsManagerStore store =
          new SecretsManagerStore(() -> client, Duration.ofMillis(1500), Duration.ofMillis(500));
      long start = System.nanoTime();

      Secret secret = store.current("sentry-broadcast/default");

      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertThat(secret).isInstanceOf(Secret.Unavailable.class);
      assertThat(took).isLessThan(10_000);
    }
  }

  @Test
  void current_nobodyListens_isUnavailable() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (SecretsManagerClient client = client(port)) {
      Secret secret = new SecretsManagerStore(() -> client).current("sentry-broadcast/default");
      assertThat(secret)
          .isEqualTo(new Secret.Unavailable("SdkClientException by ConnectException"));
    }
  }
}
