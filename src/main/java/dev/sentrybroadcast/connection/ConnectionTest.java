package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.sentry.AddressPolicy;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.EndpointCheck;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.Pause;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tests a connection step by step; each step only when those before it allow it. */
public final class ConnectionTest {

  /** For one whole test. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private static final String CLIENT = "sentry-broadcast/";
  private static final String BLOCKED = "Not done, because of a check before it.";

  private final ConnectionSettings settings;
  private final World world;

  ConnectionTest(ConnectionSettings settings, World world) {
    this.settings = settings;
    this.world = world;
  }

  /**
   * What a test needs from outside.
   *
   * @param timeLimit for one whole test
   */
  public record World(
      NameResolver names,
      SentryHttpClient client,
      InstantSource clock,
      LongSupplier nanoClock,
      Pause pause,
      Duration timeLimit) {}

  /** Does the checks that need no network; the others are reported as skipped. */
  ConnectionReport inspect(Candidate candidate) {
    return new Run(candidate).report();
  }

  ConnectionReport run(Candidate candidate, boolean sendSample) {
    Run run = new Run(candidate);
    try {
      run.overTheNetwork(sendSample);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      run.add(Check.failed(Name.ACCEPT, "The test was interrupted.", "Test again."));
    }
    return run.report();
  }

  /** One test in progress. */
  private final class Run {

    private final Map<Name, Check> checks = new EnumMap<>(Name.class);
    private final OfflineChecks offline;
    private final Excerpt excerpt;
    private @Nullable Long latencyMillis;
    private @Nullable String sampleTraceId;

    Run(Candidate candidate) {
      offline = new OfflineChecks(candidate, settings.allowedHosts());
      offline.checks.forEach(this::add);
      excerpt = Excerpt.without(candidate.dsn(), offline.dsn);
    }

    private void add(Check check) {
      checks.put(check.name(), check);
    }

    private void overTheNetwork(boolean sendSample) throws InterruptedException {
      Dsn dsn = offline.dsn;
      if (!report().passed()
          || dsn == null
          || !(offline.endpoint
              instanceof EndpointCheck.Accepted(URI to, AddressPolicy policy, _))) {
        return;
      }
      long end = world.nanoClock().getAsLong() + world.timeLimit().toNanos();
      Supplier<Duration> left =
          () -> Duration.ofNanos(Math.max(0, end - world.nanoClock().getAsLong()));
      NameResolver names = world.names().within(policy).once();
      try (SentryHttpClient client = world.client().withNames(names)) {
        add(new ReachCheck(to, client).run(left.get()));
        if (!report().passed()) {
          return;
        }
        String auth = dsn.authHeader(CLIENT + settings.version());
        Exports exports = new Exports(client, to, auth, excerpt, left, world.clock());
        AcceptCheck accept = new AcceptCheck(exports, world);
        add(accept.run());
        latencyMillis = accept.latencyMillis();
        if (!sendSample) {
          add(Check.skipped(Name.SAMPLE, "Not asked for."));
        } else if (report().passed()) {
          sendSample(exports);
        }
      }
    }

    private void sendSample(Exports exports) {
      SampleSpan sample = SampleSpan.at(world.clock().instant(), settings);
      Exports.Outcome outcome = exports.send(sample.request());
      if (!outcome.isAccepted()) {
        add(outcome.rejected(Name.SAMPLE, ""));
        return;
      }
      sampleTraceId = sample.traceId();
      String seen = "Sentry accepted the span \"" + SampleSpan.NAME + "\".";
      String action = "Look for its trace id in Sentry; it shows there within a minute or so.";
      add(new Check(Name.SAMPLE, Status.PASSED, seen, action, false));
    }

    private ConnectionReport report() {
      return new ConnectionReport(
          Arrays.stream(Name.values())
              .map(name -> checks.getOrDefault(name, Check.skipped(name, BLOCKED)))
              .toList(),
          latencyMillis,
          offline.shownHost(),
          offline.projectId(),
          sampleTraceId);
    }
  }
}
