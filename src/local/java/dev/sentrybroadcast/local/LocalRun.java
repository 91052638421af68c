package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.function.BroadcastFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole product in this process: a queue, a secret store, a Sentry stand-in, and the event
 * source that runs the real function on the samples of {@code events/} and on what is sent to it.
 */
public final class LocalRun {

  static final int OK = 0;
  static final int NOT_ALL_ARRIVED = 1;
  static final int WRONG_USE = 2;

  private static final String SECRET_PREFIX = "sentry-broadcast/";
  private static final String LITELLM_KEY_SECRET = "litellm-key";

  /** The example key of docs/producers/litellm_sqs.py. */
  private static final String LITELLM_KEY =
      """
      {"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "aad": "sentry-broadcast example"}\
      """;

  private static final String OPEN_KEY = "0e5ec0de0e5ec0de0e5ec0de0e5ec0de";
  private static final String PRIVATE_KEY = "c105edc105edc105edc105edc105edc1";
  private static final int MAX_RECEIVES = 2;

  /** Short, so that failures are seen soon; the one poller never receives twice at a time. */
  private static final Duration VISIBILITY = Duration.ofSeconds(3);

  private static final Duration SAMPLES_LIMIT = Duration.ofMinutes(2);

  private final LocalOptions.Run options;
  private final Screen screen;
  private final Function<Map<String, String>, RequestHandler<SQSEvent, SQSBatchResponse>> function;
  private final PrintStream functionLog;

  private LocalRun(
      LocalOptions.Run options,
      Screen screen,
      Function<Map<String, String>, RequestHandler<SQSEvent, SQSBatchResponse>> function,
      PrintStream functionLog) {
    this.options = options;
    this.screen = screen;
    this.function = function;
    this.functionLog = functionLog;
  }

  /** Ends the process with 0, 1 (not every sample ended as it was meant to) or 2 (wrong use). */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    Screen screen = new Screen(System.out, Ink.forTerminal(environment.containsKey("NO_COLOR")));
    int code = run(List.of(arguments), environment, screen, BroadcastFunction::new);
    // What runs in other threads has nothing to say any more.
    Runtime.getRuntime().halt(code);
  }

  static int run(
      List<String> arguments,
      Map<String, String> environment,
      Screen screen,
      Function<Map<String, String>, RequestHandler<SQSEvent, SQSBatchResponse>> function)
      throws IOException {
    return switch (LocalOptions.parse(arguments, environment)) {
      case LocalOptions.Help _ -> {
        screen.line(LocalOptions.HELP);
        yield OK;
      }
      case LocalOptions.Wrong(String sentence) -> {
        screen.line(sentence);
        yield WRONG_USE;
      }
      case LocalOptions.Run options -> {
        if (isTaken(options.port())) {
          screen.line(
              "Port "
                  + options.port()
                  + " is taken: end what listens there, or choose another port, as in ./mvnw"
                  + " -Plocal -Dlocal.arguments=\"--port "
                  + (options.port() % 60_000 + 1)
                  + "\".");
          yield WRONG_USE;
        }
        Path log = Path.of("target", "local-run.log");
        Files.createDirectories(Path.of("target"));
        try (PrintStream functionLog =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
          yield new LocalRun(options, screen, function, functionLog).run(log);
        }
      }
    };
  }

  private int run(Path log) {
    try (SentryStandIn sentry = SentryStandIn.start();
        LocalSecrets secrets = LocalSecrets.start()) {
      screen.step(
          options.sentry() == null
              ? "Sentry stand-in on " + sentry.origin()
              : "spans go to " + options.sentry().endpoint().getHost());
      putSecrets(secrets, sentry);
      screen.step("secret store on " + secrets.endpoint());
      screen.step("starting the queue …");
      try (LocalQueues queues = LocalQueues.start(options.port())) {
        QueuePair queue = queues.create(LocalQueues.GENERATIONS, MAX_RECEIVES, VISIBILITY);
        screen.step("queue on " + queue.url());
        screen.step("the function's log: " + log);
        return follow(sentry, secrets, queues, queue);
      }
    }
  }

  private int follow(
      SentryStandIn sentry, LocalSecrets secrets, LocalQueues queues, QueuePair queue) {
    RunReport report =
        new RunReport(
            screen,
            options.sentry() == null ? sentry : null,
            span -> span.publicKey().equals(PRIVATE_KEY) ? "private" : "default",
            new TraceTree(screen.ink(), span -> span.publicKey().equals(PRIVATE_KEY)),
            functionLog);
    List<Sample> samples = Sample.allAndOneTo("private");
    for (Sample sample : samples) {
      report.expect(queue.send(sample.body()), sample);
    }
    screen.step(samples.size() + " samples of events/ sent to the queue");
    Map<String, String> environment = environment(sentry, secrets, queues);
    try (LambdaEventSource source =
        LambdaEventSource.start(
            queues,
            queue,
            () -> function.apply(environment),
            EventSourceSettings.DEFAULTS.withLog(report::log),
            report::invoked)) {
      Changes changes = new Changes();
      boolean done =
          changes.reached(
              SAMPLES_LIMIT,
              () -> {
                showDeadLetters(queue, report);
                return report.samplesAreDone();
              });
      screen.step(report.totals() + "; " + source.counts().invocations() + " invocations");
      List<String> surprises = report.surprises();
      surprises.forEach(surprise -> screen.line(screen.ink().red(surprise)));
      if (!options.once()) {
        invite(queue);
        stay(changes, queue, report);
      }
      return done && surprises.isEmpty() ? OK : NOT_ALL_ARRIVED;
    }
  }

  private static void stay(Changes changes, QueuePair queue, RunReport report) {
    // Until Ctrl-C ends the process.
    while (!Thread.currentThread().isInterrupted()) {
      boolean _ = changes.reached(Duration.ofSeconds(1), () -> false);
      showDeadLetters(queue, report);
    }
  }

  private static void showDeadLetters(QueuePair queue, RunReport report) {
    if (queue.deadLetters() > 0) {
      queue.peekDeadLetters().stream().map(Message::messageId).forEach(report::deadLetter);
    }
  }

  private void putSecrets(LocalSecrets secrets, SentryStandIn sentry) {
    LocalOptions.RealSentry real = options.sentry();
    String open = sentry.destinationJson(OPEN_KEY, "1", false);
    String closed = sentry.destinationJson(PRIVATE_KEY, "2", true);
    if (real != null) {
      real.warnings().forEach(screen::line);
      open = destinationJson(real, false);
      closed = destinationJson(real, true);
    }
    secrets.put(SECRET_PREFIX + "default", open);
    secrets.put(SECRET_PREFIX + "private", closed);
    secrets.put(LITELLM_KEY_SECRET, LITELLM_KEY);
  }

  private static String destinationJson(LocalOptions.RealSentry real, boolean privacyMode) {
    return """
    {"endpoint": "%s", "dsn": "%s", "privacy_mode": %s}\
    """
        .formatted(real.endpoint(), real.dsn(), privacyMode);
  }

  private Map<String, String> environment(
      SentryStandIn sentry, LocalSecrets secrets, LocalQueues queues) {
    LocalOptions.RealSentry real = options.sentry();
    return Map.of(
        "DESTINATION_SECRET_PREFIX",
        SECRET_PREFIX,
        "ALLOWED_ENDPOINT_HOSTS",
        real == null ? sentry.origin() : real.allowedHosts(),
        "AWS_REGION",
        LocalQueues.REGION,
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        secrets.endpoint().toString(),
        "AWS_ENDPOINT_URL_SQS",
        queues.endpoint().toString(),
        "LITELLM_KEY_SECRET",
        LITELLM_KEY_SECRET);
  }

  private void invite(QueuePair queue) {
    String record =
        """
        {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello?"}], \
        "choices": [{"message": {"role": "assistant", "content": "Hello!"}, "finish_reason": "stop"}], \
        "usage": {"prompt_tokens": 9, "completion_tokens": 3}}\
        """;
    screen.line(
        """

        %s

          curl -sS '%s' -d Action=SendMessage --data-urlencode 'MessageBody=%s'

          AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws sqs send-message --region %s \
        --endpoint-url http://127.0.0.1:%d --queue-url '%s' --message-body '%s'

        A record with "destination": "private" shows privacy mode.%s
        Ctrl-C ends all of it.\
        """
            .formatted(
                screen.ink().bold("Send a record of your own:"),
                queue.url(),
                record,
                LocalQueues.REGION,
                options.port(),
                queue.url(),
                record,
                options.sentry() == null
                    ? " To send to a real Sentry, set SENTRY_OTLP_ENDPOINT and SENTRY_DSN and start"
                        + " again."
                    : ""));
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !socket.isBound();
    } catch (IOException _) {
      return true;
    }
  }
}
