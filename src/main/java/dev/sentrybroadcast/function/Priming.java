package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * Runs the whole path on records of its own, in objects of its own, until the JVM has compiled it:
 * the handler itself, and the calls of Secrets Manager and Sentry, which a port of this machine
 * answers. So nothing of it stays but classes and compiled code: each connection is closed by its
 * answer.
 */
final class Priming {

  /** About what it takes to compile the path, of a whole processor. */
  static final Duration TIME = Duration.ofSeconds(25);

  /**
   * So much longer may it take where there is less of one: 512 MB have a third. <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Memory</a>
   */
  private static final int LONGER = 3;

  /** What running the path again may take of a restore that waits for nothing. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  static final String NOT_PRIMED = "not primed";

  /**
   * What the runtime's client loads when the first event comes. Not only does that take time then:
   * a second {@link com.amazonaws.services.lambda.runtime.Context} voids what was compiled while
   * there was one. The names are the client's own, so one may be gone.
   */
  static final List<String> OF_THE_RUNTIME =
      List.of(
          "com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext",
          "com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal",
          "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

  private static final JsonFactory JSON = new JsonFactory();

  private final Settings settings;
  private final PrimingRecords records;

  Priming(Settings settings, InstantSource clock) {
    this.settings = settings;
    records = new PrimingRecords(clock);
  }

  /**
   * What a hook does, whatever happens: a function that was not primed starts slower, one whose
   * hook throws cannot be published or restored.
   *
   * @param failed what to log when it fails
   */
  static void attempt(Runnable hook, String failed, InvocationLog log) {
    try {
      hook.run();
    } catch (RuntimeException | LinkageError e) {
      log.failed(failed, e);
    }
  }

  /**
   * Primes until it had about so much of a processor, each batch once at least; what the last ones
   * logged.
   */
  List<String> run(Duration time) {
    loadTls();
    loadRuntime();
    try (LoopbackAnswers answers = new LoopbackAnswers(Priming::answer)) {
      Settings toItself = toItself(answers);
      long start = System.nanoTime();
      Duration usedBefore = processorTime();
      List<String> logs;
      do {
        logs = pass(toItself, records.next());
      } while (!isEnough(
          time, Duration.ofNanos(System.nanoTime() - start), processorTime().minus(usedBefore)));
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a few batches once more, after a restore; what they logged. The runtime collects garbage
   * before a snapshot, after which the first call of each compiled method is slow, and what a
   * snapshot holds is read when it is first touched. On a small part of a processor that takes
   * longer than it saves: so once its time is over it goes on only while there is a wait.
   *
   * @param waitedFor what the restore waits for in any case
   */
  List<String> again(Thread waitedFor) {
    long end = System.nanoTime() + AGAIN.toNanos();
    try (LoopbackAnswers answers = new LoopbackAnswers(Priming::answer)) {
      BroadcastFunction function = restored(toItself(answers));
      List<String> logs = new ArrayList<>();
      for (byte[] batch : records.few()) {
        if (System.nanoTime() - end < 0 || waitedFor.isAlive()) {
          logs.add(invoke(function, batch));
        }
      }
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isEnough(Duration time, Duration passed, Duration ofProcessor) {
    return passed.compareTo(time) >= 0
        && (ofProcessor.compareTo(time) >= 0 || passed.compareTo(time.multipliedBy(LONGER)) >= 0);
  }

  /** Of all threads, the compiler's too; where it is not known, as if there were a whole one. */
  private static Duration processorTime() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElseGet(() -> Duration.ofNanos(System.nanoTime()));
  }

  private Settings toItself(LoopbackAnswers answers) {
    URI origin = URI.create(answers.origin());
    AwsEnvironment aws =
        new AwsEnvironment(
            "us-east-1", origin, origin, new AwsEnvironment.Keys("priming", "priming", null));
    return settings.with(aws, AllowedHosts.parse(answers.origin()));
  }

  /** In a new function each time: a first invocation makes what later ones have. */
  private static List<String> pass(Settings settings, List<byte[]> batches) throws IOException {
    BroadcastFunction function = restored(settings);
    List<String> logs = new ArrayList<>();
    for (byte[] batch : batches) {
      logs.add(invoke(function, batch));
    }
    return logs;
  }

  /** One that has read its destination, as after a restore. */
  private static BroadcastFunction restored(Settings settings) {
    BroadcastFunction function = new BroadcastFunction(settings);
    function.restore(null);
    return function;
  }

  /** What it logs. */
  private static String invoke(BroadcastFunction function, byte[] event) throws IOException {
    StringBuilder log = new StringBuilder();
    function.handleRequest(
        new ByteArrayInputStream(event.clone()),
        OutputStream.nullOutputStream(),
        new PrimingContext(line -> log.append(new String(line, StandardCharsets.UTF_8))));
    return log.toString();
  }

  /**
   * What Secrets Manager answers, with all that it says, since a value of another kind than those
   * met is slow when it comes; Sentry need not say anything.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
   */
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
      json.writeStringField("ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:priming");
      json.writeNumberField("CreatedDate", 1.7E9);
      json.writeStringField("Name", "priming");
      json.writeStringField(
          "SecretString",
          """
          {"endpoint": "http://%1$s/api/1/integration/otlp/v1/traces",
           "dsn": "http://00000000000000000000000000000000@%1$s/1", "privacy_mode": false, "issues": true}
          """
              .formatted(host));
      json.writeStringField("VersionId", "priming");
      json.writeArrayFieldStart("VersionStages");
      json.writeString("AWSCURRENT");
      json.writeEndArray();
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

  /** Before anything of it is compiled. */
  private static void loadRuntime() {
    for (String name : OF_THE_RUNTIME) {
      try {
        Class.forName(name);
      } catch (ClassNotFoundException | LinkageError _) {
        // Another version of the client: a first invocation takes a little longer, no more.
      }
    }
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
