package dev.sentrybroadcast.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Runs the packaged sample events through the handler, so that a snapshot holds loaded classes and
 * compiled code. A loopback server answers in place of Secrets Manager and Sentry: nothing leaves
 * the machine. Each connection is closed after its response.
 */
final class Priming {

  static final Duration TIME = Duration.ofSeconds(8);

  /** Files of {@code events/}. */
  static final String EVENTS =
      "anthropic-cache array batch cancelled-stream chat-tool-calls embeddings error-rate-limit flat"
          + " malformed openrouter-example provider-fallback responses-reasoning";

  private static final int REMAINING_MILLIS = 60_000;

  private static final String SECRET =
      """
      {"VersionId": "1", "SecretString": "{\
      \\"endpoint\\": \\"http://%1$s/api/1/integration/otlp/v1/traces\\",\
      \\"dsn\\": \\"http://00000000000000000000000000000000@%1$s/1\\",\
      \\"privacy_mode\\": false, \\"issues\\": true}"}
      """;

  private Priming() {}

  /** Runs all events, again and again until {@code time} has passed, in a function of its own. */
  static void run(Map<String, String> environment, Duration time) throws IOException {
    List<byte[]> events = new ArrayList<>();
    for (String name : EVENTS.split(" ", -1)) {
      String file = "/events/" + name + ".json";
      try (InputStream event = Objects.requireNonNull(Priming.class.getResourceAsStream(file))) {
        events.add(event.readAllBytes());
      }
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String host = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", exchange -> answer(exchange, host));
    server.start();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put(Settings.ALLOWED_ENDPOINT_HOSTS, "http://" + host);
    InvocationLog silent = InvocationLog.silent(Settings.from(variables), InstantSource.system());
    try (BroadcastFunction function =
        new BroadcastFunction(variables, () -> secrets("http://" + host), AwsClients::sqs)) {
      long end = System.nanoTime() + time.toNanos();
      do {
        for (byte[] event : events) {
          function.handle(
              new ByteArrayInputStream(event),
              OutputStream.nullOutputStream(),
              silent,
              () -> REMAINING_MILLIS);
        }
      } while (System.nanoTime() - end < 0);
    } finally {
      server.stop(0);
    }
  }

  private static SecretsManagerClient secrets(String endpoint) {
    return AwsClients.with(SecretsManagerClient.builder())
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .build();
  }

  private static void answer(HttpExchange exchange, String host) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean secret = exchange.getRequestHeaders().containsKey("X-Amz-Target");
      byte[] body = (secret ? SECRET.formatted(host) : "{}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
