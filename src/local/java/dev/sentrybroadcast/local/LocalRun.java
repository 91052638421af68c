package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sentrybroadcast.function.BroadcastFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The whole product in this process: a queue, a secret store, a Sentry stand-in, and the event
 * source that runs the real function on the samples of {@code events/} and on what is sent to it.
 */
public final class LocalRun {

  static final int OK = 0;
  static final int NOT_ALL_ARRIVED = 1;
  static final int WRONG_USE = 2;

  private static final int MAX_RECEIVES = 2;

  /** Once the samples are done: an outage that a person makes lasts longer. */
  private static final int MAX_RECEIVES_AFTERWARDS = 5;

  /** Short, so that failures are seen soon; the one poller never receives twice at a time. */
  private static final Duration VISIBILITY = Duration.ofSeconds(3);

  private static final Duration SAMPLES_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final LocalOptions.Run options;
  private final Screen screen;
  private final PrintStream functionLog;

  private LocalRun(LocalOptions.Run options, Screen screen, PrintStream functionLog) {
    this.options = options;
    this.screen = screen;
    this.functionLog = functionLog;
  }

  /** Ends the process with 0, 1 (not every sample ended as it was meant to) or 2 (wrong use). */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    Screen screen = new Screen(System.out, Ink.forTerminal(environment.containsKey("NO_COLOR")));
    int code = run(List.of(arguments), environment, screen);
    // What runs in other threads has nothing to say any more.
    Runtime.getRuntime().halt(code);
  }

  static int run(List<String> arguments, Map<String, String> environment, Screen screen)
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
        String taken =
            Ports.complaint(
                options.once()
                    ? List.of(options.port())
                    : List.of(options.port(), options.consolePort()));
        if (!taken.isEmpty()) {
          screen.line(taken);
          yield WRONG_USE;
        }
        Path log = Path.of("target", "local-run.log");
        Files.createDirectories(Path.of("target"));
        try (PrintStream functionLog =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
          yield new LocalRun(options, screen, functionLog).run(log);
        }
      }
    };
  }

  private int run(Path log) {
    try (SentryStandIn sentry = SentryStandIn.start();
        LocalSecrets secrets = LocalSecrets.start()) {
      LocalOptions.RealSentry real = options.sentry();
      screen.step(real == null ? "Sentry stand-in on " + sentry.origin() : real.where());
      if (real != null) {
        real.warnings().forEach(screen::line);
      }
      LocalDestinations destinations = LocalDestinations.put(secrets, sentry, real);
      screen.step("secret store on " + secrets.endpoint());
      screen.step("starting the queue …");
      try (LocalQueues queues = LocalQueues.start(options.port())) {
        QueuePair queue = queues.create(LocalQueues.GENERATIONS, MAX_RECEIVES, VISIBILITY);
        screen.step("queue on " + queue.url());
        screen.step("the function's log: " + log);
        return follow(sentry, secrets, destinations, queues, queue);
      }
    }
  }

  private int follow(
      SentryStandIn sentry,
      LocalSecrets secrets,
      LocalDestinations destinations,
      LocalQueues queues,
      QueuePair queue) {
    LocalOptions.RealSentry real = options.sentry();
    Readings readings = new Readings(LocalDestinations.LITELLM_KEY);
    RunReport report =
        new RunReport(
            screen,
            real == null ? sentry : null,
            destinations::nameOf,
            new TraceTree(screen.ink(), destinations::isPrivate),
            readings,
            functionLog);
    LocalParts parts =
        new LocalParts(
            sentry,
            real == null ? "the stand-in" : real.endpoint().getHost(),
            real == null ? "" : real.where(),
            destinations,
            queue,
            new MessageFates(report::reason),
            readings);
    Map<String, String> environment = environment(destinations);
    Supplier<RequestStreamHandler> function =
        () -> new BroadcastFunction(environment, secrets::client, queues::client);
    if (options.once()) {
      return follow(parts, report, queues, function, _ -> {});
    }
    AtomicReference<LambdaEventSource.@Nullable Counts> counts = new AtomicReference<>();
    Faults faults = real == null ? new Faults(sentry) : null;
    ConsoleCalls calls =
        ConsoleCalls.of(
            parts,
            new ConsoleState(parts, faults, counts::get),
            faults,
            secrets,
            environment,
            report::log);
    try (Console console = Console.start(options.consolePort(), calls)) {
      screen.step("console on " + screen.ink().bold(console.address()));
      return follow(parts, report, queues, function, counts::set);
    }
  }

  private int follow(
      LocalParts parts,
      RunReport report,
      LocalQueues queues,
      Supplier<RequestStreamHandler> function,
      Consumer<LambdaEventSource.Counts> counts) {
    QueuePair queue = parts.queue();
    List<Sample> samples = options.sendsSamples() ? Sample.allAndOneTo("private") : List.of();
    for (Sample sample : samples) {
      String id = queue.send(sample.body());
      report.expect(id, sample);
      parts.fates().sent(id, sample.file());
    }
    screen.step(
        samples.isEmpty()
            ? "no samples are sent; --samples sends those of events/"
            : samples.size() + " samples of events/ sent to the queue");
    try (LambdaEventSource source =
        LambdaEventSource.start(
            queues,
            queue,
            function,
            EventSourceSettings.DEFAULTS.withLog(report::log),
            invocation -> {
              invocation
                  .messages()
                  .forEach(message -> parts.readings().take(message.messageId(), message.body()));
              report.invoked(invocation);
              parts.fates().invoked(invocation);
            })) {
      Changes changes = new Changes();
      boolean done =
          changes.reached(
              SAMPLES_LIMIT,
              () -> {
                counts.accept(source.counts());
                showDeadLetters(parts, report);
                return report.samplesAreDone();
              });
      if (!samples.isEmpty()) {
        screen.step(report.totals() + "; " + source.counts().invocations() + " invocations");
      }
      List<String> surprises = report.surprises();
      surprises.forEach(surprise -> screen.line(screen.ink().red(surprise)));
      if (!options.once()) {
        queue.maxReceives(MAX_RECEIVES_AFTERWARDS);
        screen.line(Invitation.text(screen.ink(), queue, options, Instant.now()));
        stay(changes, source, parts, report, counts);
      }
      return done && surprises.isEmpty() ? OK : NOT_ALL_ARRIVED;
    }
  }

  /** Until Ctrl-C ends the process, or an interrupt this run. */
  private static void stay(
      Changes changes,
      LambdaEventSource source,
      LocalParts parts,
      RunReport report,
      Consumer<LambdaEventSource.Counts> counts) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean _ = changes.reached(LOOK_AGAIN, () -> false);
        counts.accept(source.counts());
        showDeadLetters(parts, report);
      }
    } catch (AbortedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void showDeadLetters(LocalParts parts, RunReport report) {
    if (parts.queue().deadLetters() > 0) {
      for (Message letter : parts.queue().peekDeadLetters()) {
        report.deadLetter(letter.messageId());
        parts.fates().deadLetter(letter.messageId());
      }
    }
  }

  private static Map<String, String> environment(LocalDestinations destinations) {
    return Map.of(
        "DESTINATION_SECRET_PREFIX",
        LocalDestinations.SECRET_PREFIX,
        "ALLOWED_ENDPOINT_HOSTS",
        destinations.allowedHosts(),
        // Short, so that a person who saves a destination sees it at work.
        "DESTINATION_CACHE_SECONDS",
        "5",
        "LITELLM_KEY_SECRET",
        LocalDestinations.LITELLM_KEY_SECRET);
  }
}
