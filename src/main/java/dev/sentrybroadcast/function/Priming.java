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

  private static final JsonFactory JSON = new JsonFactory();

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
      byte[] event = PrimingRecords.event();
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
}
