package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.HttpCall;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.Dsn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Runs the whole path on records of its own, in objects of its own: decoding, mapping, marshalling,
 * compression, the clients for Sentry, Secrets Manager and SQS up to a connection that a closed
 * port of this machine refuses. So nothing of it stays but loaded classes.
 */
final class Priming {

  /** A port that nobody listens on: the connection is refused at once. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private static final String CANONICAL =
      """
      {"schema": "generation/v1", "id": "priming", "api_type": "chat", "provider": "openai",
       "started_at": "2026-01-01T00:00:00Z", "ended_at": "2026-01-01T00:00:01Z",
       "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}],
        "user": "user", "session_id": "session",
        "trace": {"trace_id": "priming", "trace_name": "Priming", "environment": "none"}},
       "response": {"id": "response", "model": "gpt-4o", "choices": [{"index": 0,
        "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2, "cost": 0.001}}}
      """;

  private static final String FAILED =
      """
      {"schema": "generation/v1", "id": "priming-failed", "ended_at": "2026-01-01T00:00:01Z",
       "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}]},
       "error": {"type": "timeout", "code": 408, "message": "Timed out"}}
      """;

  private static final String FLAT =
      """
      {"id": "priming-flat", "model": "openai/gpt-4o", "created": 1767225600,
       "messages": [{"role": "user", "content": "Hello"}],
       "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}],
       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
      """;

  private static final JsonFactory JSON = new JsonFactory();

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:priming";

  private static final String CANDIDATE =
      """
      {"endpoint": "http://127.0.0.1:1/api/1/integration/otlp/v1/traces",
       "dsn": "http://00000000000000000000000000000000@127.0.0.1:1/1"}
      """;

  private static final String SAVED = "{\"destination\": \"priming\"}";

  private static final AwsEnvironment NO_AWS =
      new AwsEnvironment(
          "us-east-1", NOWHERE, NOWHERE, new AwsEnvironment.Keys("priming", "priming", null));

  private final Settings settings;

  Priming(Settings settings) {
    this.settings = settings.with(NO_AWS);
  }

  /**
   * Primes, whatever happens: a function that was not primed starts slower, one whose hook throws
   * cannot be published.
   */
  static void attempt(Runnable priming, InvocationLog log) {
    try {
      priming.run();
    } catch (RuntimeException | LinkageError e) {
      log.failed("not primed", e);
    }
  }

  /** The report of a batch that went nowhere. */
  BatchReport run() {
    Wiring wiring = new Wiring(settings);
    loadTls();
    wiring.destinations().find("priming");
    PrimingContext context = new PrimingContext(_ -> {});
    InvocationLog log =
        new InvocationLog(context, LogLevel.DEBUG, settings.serviceName(), wiring.clock());
    QueueBatch batch;
    try {
      batch = SqsEventReader.read(event());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Invocation invocation = new Invocation(context, log, batch.queueArn());
    return ScopedValue.where(Invocation.CURRENT, invocation)
        .call(() -> deliver(wiring, batch, invocation));
  }

  private static BatchReport deliver(Wiring wiring, QueueBatch batch, Invocation invocation) {
    InvocationLog log = invocation.log();
    Deadline deadline =
        Deadline.in(Duration.ofMillis(invocation.remainingMillis()), System::nanoTime);
    wiring.visibility().extend(batch.messages(), Duration.ofSeconds(1));
    try (Broadcast broadcast = wiring.broadcast(new Nowhere(), wiring.visibility(), _ -> {})) {
      BatchReport report = broadcast.deliver(batch.messages(), batch.fifo(), deadline);
      report.returned().forEach(log::returned);
      log.done(report, 0, true);
      return report;
    }
  }

  /** The HTTP function's path: a preview, and two tests that get nowhere; their statuses. */
  static List<Integer> connections() {
    Settings toNowhere =
        Settings.from(Map.of(Settings.ALLOWED_ENDPOINT_HOSTS, NOWHERE.toString())).with(NO_AWS);
    ConnectionApi api = new Wiring(toNowhere).connections(_ -> {});
    loadTls();
    return List.of(
        status(api, "/preview", CANONICAL),
        status(api, "/connection-test", CANDIDATE),
        status(api, "/connection-test", SAVED));
  }

  private static int status(ConnectionApi api, String path, String body) {
    HttpCall call =
        new HttpEvent(
                APIGatewayV2HTTPEvent.builder()
                    .withRawPath(path)
                    .withHeaders(Map.of("content-type", "application/json"))
                    .withBody(body)
                    .withRequestContext(
                        APIGatewayV2HTTPEvent.RequestContext.builder()
                            .withHttp(
                                APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                    .withMethod("POST")
                                    .withPath(path)
                                    .build())
                            .build())
                    .build())
            .call();
    return call == null ? 0 : api.answer(call).status();
  }

  /** A log outside of any invocation. */
  static InvocationLog log(Settings settings, InstantSource clock) {
    LambdaLogger logger = LambdaRuntime.getLogger();
    return new InvocationLog(
        new PrimingContext(logger::log), settings.logLevel(), settings.serviceName(), clock);
  }

  /** The trust store alone is a hundred certificates. */
  private static void loadTls() {
    try {
      SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  private static InputStream event() throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (String body : new String[] {CANONICAL, FAILED, FLAT}) {
        json.writeStartObject();
        json.writeStringField("messageId", "priming");
        json.writeStringField("receiptHandle", "priming");
        json.writeStringField("body", body);
        json.writeObjectFieldStart("attributes");
        json.writeStringField("SentTimestamp", "1767225600000");
        json.writeStringField("ApproximateReceiveCount", "1");
        json.writeEndObject();
        json.writeStringField("eventSourceARN", QUEUE_ARN);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return new ByteArrayInputStream(event.toByteArray());
  }

  /** One destination, whatever it is called, that nobody listens at. */
  private static final class Nowhere implements Destinations {

    private static final Destination DESTINATION =
        new Destination(
            "priming",
            NOWHERE.resolve("/api/1/integration/otlp/v1/traces"),
            new Dsn("http", "0".repeat(32), "127.0.0.1", 1, "", "1"),
            PrivacyMode.OFF,
            true,
            1,
            null,
            true);

    @Override
    public Lookup find(String name) {
      return new Lookup.Found(DESTINATION, false);
    }

    @Override
    public Lookup readAgain(Destination refused) {
      return new Lookup.Found(refused, false);
    }

    @Override
    public Duration age(String name) {
      return Duration.ZERO;
    }

    @Override
    public void expire() {}
  }
}
