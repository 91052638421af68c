package dev.sentrybroadcast.local;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A look-alike of AWS Secrets Manager on loopback: five operations of its JSON protocol with
 * versions and staging labels as AWS keeps them. In memory; checks no signature; guards nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html">Operations</a>
 */
public final class LocalSecrets implements AutoCloseable {

  private static final String TARGET_PREFIX = "secretsmanager.";

  private final LoopbackServer server;
  private final SecretStore store = new SecretStore();
  private final Map<String, Integer> calls = new TreeMap<>();
  private int failuresLeft;
  private boolean failing;
  private volatile @Nullable Duration perByte;

  private LocalSecrets(int port) {
    server =
        new LoopbackServer(
            port,
            new LoopbackServer.Judge() {
              @Override
              public Reply judge(HttpRequest request) {
                Reply.Answer answer = LocalSecrets.this.answer(request);
                Duration pause = perByte;
                return pause == null ? answer : new Reply.Slow(answer, pause);
              }

              @Override
              public Reply.Answer answer(Reply reply, HttpRequest request) {
                return reply instanceof Reply.Answer answer
                    ? answer
                    : LocalSecrets.this.answer(request);
              }
            });
  }

  /** Started on a free port. */
  public static LocalSecrets start() {
    return start(0);
  }

  public static LocalSecrets start(int port) {
    LocalSecrets secrets = new LocalSecrets(port);
    secrets.server.start();
    return secrets;
  }

  /** Connections are refused until {@link #restart}. */
  public void stop() {
    server.stop();
  }

  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** A client of the real SDK; the caller closes it. */
  public SecretsManagerClient client() {
    return SecretsManagerClient.builder()
        .endpointOverride(endpoint())
        .region(Region.of(LocalQueues.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * A new current version, as {@code aws secretsmanager put-secret-value} makes it; not counted.
   */
  public synchronized void put(String name, String json) {
    store.put(name, json);
  }

  /** The value labelled AWSCURRENT; not counted. */
  public synchronized String current(String name) {
    return store.current(name);
  }

  /** Of all secrets that have a value. */
  synchronized List<String> names() {
    return store.names();
  }

  /** How many versions the secret has ever had. */
  public synchronized int versions(String name) {
    return store.versions(name);
  }

  /** Requests of this operation, such as {@code GetSecretValue}; failed ones count, too. */
  public synchronized int calls(String operation) {
    return calls.getOrDefault(operation, 0);
  }

  /** The next requests answer InternalServiceError; the SDK's own retries use them up, too. */
  public synchronized void failNext(int requests) {
    failuresLeft = requests;
  }

  /** Every request answers InternalServiceError for as long as this holds. */
  public synchronized void fail(boolean failing) {
    this.failing = failing;
    failuresLeft = 0;
  }

  /** From now on each answer is sent byte by byte, with this pause after each. */
  public void slow(Duration perByte) {
    this.perByte = perByte;
  }

  private synchronized Reply.Answer answer(HttpRequest request) {
    String target = request.header("x-amz-target");
    String operation =
        target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : target;
    calls.merge(operation, 1, Integer::sum);
    try {
      if (failing || failuresLeft > 0) {
        failuresLeft -= failing ? 0 : 1;
        throw new SecretsFault("InternalServiceError", "An error occurred on the server side.");
      }
      JsonNode input = input(request);
      return json(200, out -> store.answer(operation, input, out));
    } catch (SecretsFault fault) {
      return json(
          fault.status(),
          out -> {
            out.writeStringField("__type", fault.type());
            out.writeStringField("Message", String.valueOf(fault.getMessage()));
          });
    }
  }

  private static JsonNode input(HttpRequest request) {
    try {
      JsonNode input = JsonNode.parser().parse(request.body());
      if (input.isObject()) {
        return input;
      }
    } catch (RuntimeException _) {
      // Not JSON: the same fault.
    }
    throw new SecretsFault("SerializationException", "The body is not a JSON object.");
  }

  private static Reply.Answer json(int status, JsonOut.Fields fields) {
    return new Reply.Answer(
        status, Map.of("content-type", "application/x-amz-json-1.1"), JsonOut.object(fields));
  }
}
