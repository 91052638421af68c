package dev.sentrybroadcast.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sentrybroadcast.destination.Routes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Runs the packaged sample events through the handler, so that a snapshot holds loaded classes and
 * compiled code. A loopback server answers in place of Secrets Manager and Sentry: nothing leaves
 * the machine.
 */
final class Priming {

  /** Enough for the JVM's second compiler: about 10 s of a whole processor. */
  static final int ROUNDS = 400;

  /** For a function with a part of a processor. Lambda allows 130 s in all. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Files of {@code events/}. */
  static final String EVENTS =
      "anthropic-cache array batch cancelled-stream chat-tool-calls embeddings error-rate-limit flat"
          + " malformed openrouter-example provider-fallback responses-reasoning";

  private static final String SECRET =
      """
      {"VersionId": "1", "SecretString": "{\
      \\"endpoint\\": \\"http://HOST/api/1/integration/otlp/v1/traces\\",\
      \\"dsn\\": \\"http://00000000000000000000000000000000@HOST/1\\",\
      \\"privacy_mode\\": false, \\"issues\\": true}"}
      """;

  private static final String NO_ROUTES = "{\"VersionId\": \"1\", \"SecretString\": \"{}\"}";

  private Priming() {}

  /** Runs all events so many times, in a function of its own. Returns the last responses. */
  static String run(Map<String, String> environment, int rounds) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String host = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", exchange -> answer(exchange, host));
    server.start();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("ALLOWED_ENDPOINT_HOSTS", "http://" + host);
    InvocationLog silent =
        new InvocationLog(_ -> {}, null, Settings.from(variables), InstantSource.system());
    try (BroadcastFunction function =
        new BroadcastFunction(variables, () -> secrets("http://" + host), AwsClients::sqs)) {
      ByteArrayOutputStream responses = new ByteArrayOutputStream();
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int round = 0; round < rounds && System.nanoTime() - end < 0; round++) {
        responses.reset();
        for (String name : EVENTS.split(" ", -1)) {
          try (InputStream event = Priming.class.getResourceAsStream("/events/" + name + ".json")) {
            function.handle(requireNonNull(event), responses, silent, () -> 60_000);
          }
        }
      }
      return responses.toString(StandardCharsets.UTF_8);
    } finally {
      server.stop(0);
    }
  }

  private static SecretsManagerClient secrets(String endpoint) {
    return AwsClients.with(SecretsManagerClient.builder())
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(() -> AwsBasicCredentials.create("none", "none"))
        .build();
  }

  private static void answer(HttpExchange exchange, String host) throws IOException {
    try (exchange) {
      String request = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
      boolean secret = exchange.getRequestHeaders().containsKey("X-Amz-Target");
      String text = request.contains(Routes.NAME) ? NO_ROUTES : SECRET.replace("HOST", host);
      byte[] body = (secret ? text : "{}").getBytes(StandardCharsets.UTF_8);
      if (secret) {
        // The SDK's connection would stay open in a pool of the JDK.
        exchange.getResponseHeaders().set("Connection", "close");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
