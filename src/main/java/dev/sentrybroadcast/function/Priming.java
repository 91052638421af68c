package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.http.LoopbackAnswers;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * Runs the whole path on records of its own, in objects of its own, until the JVM has compiled it:
 * reading, mapping, marshalling, compression, and the calls of Secrets Manager, SQS and Sentry,
 * which a port of this machine answers. So nothing of it stays but classes and compiled code: each
 * connection is closed by its answer.
 */
final class Priming {

  /** What the hook of a snapshot may take; about what it takes to compile the path. */
  static final Duration TIME = Duration.ofSeconds(5);

  private static final int MOST_ROUNDS = 3_000;

  /** Of each record in a batch. */
  private static final int COPIES = 4;

  private static final JsonFactory JSON = new JsonFactory();

  private static final String CANONICAL =
      """
      {"schema": "generation/v1", "id": "priming-%1$d", "api_type": "chat", "provider": "openai",
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
      {"schema": "generation/v1", "id": "priming-failed-%1$d", "ended_at": "2026-01-01T00:00:01Z",
       "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}]},
       "error": {"type": "timeout", "code": 408, "message": "Timed out"}}
      """;

  private static final String FLAT =
      """
      {"id": "priming-flat-%1$d", "model": "openai/gpt-4o", "created": 1767225600,
       "messages": [{"role": "user", "content": "Hello"}],
       "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}],
       "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
      """;

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:priming";

  private final Settings settings;

  Priming(Settings settings) {
    this.settings = settings;
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

  /** Primes for about so long, and once at least; the report of the last batch. */
  BatchReport run(Duration time) {
    loadTls();
    try (LoopbackAnswers answers = new LoopbackAnswers(Priming::answer)) {
      URI origin = URI.create(answers.origin());
      AwsEnvironment aws =
          new AwsEnvironment(
              "us-east-1", origin, origin, new AwsEnvironment.Keys("priming", "priming", null));
      Wiring wiring = new Wiring(settings.with(aws, AllowedHosts.parse(answers.origin())));
      PrimingContext context = new PrimingContext(_ -> {});
      InvocationLog log =
          new InvocationLog(context, LogLevel.DEBUG, settings.serviceName(), wiring.clock());
      byte[] event = event();
      long end = System.nanoTime() + time.toNanos();
      for (int round = 1; ; round++) {
        QueueBatch batch = SqsEventReader.read(new ByteArrayInputStream(event.clone()));
        Invocation invocation = new Invocation(context, log, batch.queueArn());
        BatchReport report =
            ScopedValue.where(Invocation.CURRENT, invocation)
                .call(() -> deliver(wiring, batch, invocation));
        if (round == MOST_ROUNDS || System.nanoTime() >= end) {
          return report;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BatchReport deliver(Wiring wiring, QueueBatch batch, Invocation invocation) {
    InvocationLog log = invocation.log();
    Deadline deadline =
        Deadline.in(Duration.ofMillis(invocation.remainingMillis()), System::nanoTime);
    wiring.visibility().extend(batch.messages().subList(0, 1), Duration.ofSeconds(1));
    // Destinations of its own: each round reads the secret, as a first invocation does.
    try (Broadcast broadcast =
        wiring.broadcast(wiring.destinations(), wiring.visibility(), _ -> {})) {
      BatchReport report = broadcast.deliver(batch.messages(), batch.fifo(), deadline);
      report.returned().forEach(log::returned);
      log.done(report, 0, true);
      return report;
    }
  }

  /** What Secrets Manager answers; SQS and Sentry need not say anything. */
  private static String answer(String requestHead) {
    if (!requestHead.contains("GetSecretValue")) {
      return "{}";
    }
    String host = "";
    for (String line : requestHead.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("host:")) {
        host = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    StringWriter answer = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(answer)) {
      json.writeStartObject();
      json.writeStringField(
          "SecretString",
          """
          {"endpoint": "http://%1$s/api/1/integration/otlp/v1/traces",
           "dsn": "http://00000000000000000000000000000000@%1$s/1", "issues": true}
          """
              .formatted(host));
      json.writeStringField("VersionId", "priming");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answer.toString();
  }

  /** A log outside of any invocation. */
  static InvocationLog log(Settings settings, InstantSource clock) {
    LambdaLogger logger = LambdaRuntime.getLogger();
    return new InvocationLog(
        new PrimingContext(logger::log), settings.logLevel(), settings.serviceName(), clock);
  }

  /** The trust store alone is a hundred certificates. */
  static void loadTls() {
    try {
      SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  private static byte[] event() throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (int copy = 0; copy < COPIES; copy++) {
        for (String body : new String[] {CANONICAL, FAILED, FLAT}) {
          json.writeStartObject();
          json.writeStringField("messageId", "priming");
          json.writeStringField("receiptHandle", "priming");
          json.writeStringField("body", body.formatted(copy));
          json.writeObjectFieldStart("attributes");
          json.writeStringField("SentTimestamp", "1767225600000");
          json.writeStringField("ApproximateReceiveCount", "1");
          json.writeEndObject();
          json.writeStringField("eventSourceARN", QUEUE_ARN);
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return event.toByteArray();
  }
}
