package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.http.NameResolver;
import dev.sentrybroadcast.http.TimeLimit;
import dev.sentrybroadcast.sentry.Dsn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Tests a connection step by step; each step only when those before it allow it. */
public final class ConnectionTest {

  /** Of one test in all. */
  public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private static final String CLIENT = "sentry-broadcast/";

  private final ConnectionSettings settings;
  private final World world;

  ConnectionTest(ConnectionSettings settings, World world) {
    this.settings = settings;
    this.world = world;
  }

  /**
   * All that a test needs from outside.
   *
   * @param timeLimit of one test in all
   */
  public record World(
      NameResolver resolver,
      SSLSocketFactory tls,
      InstantSource clock,
      LongSupplier nanoClock,
      Pause pause,
      Duration timeLimit) {}

  /** Only the checks that need no network; the others stand as skipped. */
  ConnectionReport inspect(Candidate candidate) {
    return new Run(candidate).report(null, null);
  }

  ConnectionReport run(Candidate candidate, boolean sendSample) {
    Run run = new Run(candidate);
    return run.blocked() ? run.report(null, null) : run.overTheNetwork(sendSample);
  }

  /** One test as it goes on. */
  private final class Run {

    private final PaperChecks paper;
    private final List<Check> checks;
    private final Excerpt excerpt;
    private boolean inconclusive;

    Run(Candidate candidate) {
      paper = new PaperChecks(candidate, settings.allowedHosts());
      checks = new ArrayList<>(paper.checks);
      excerpt = Excerpt.without(candidate.dsn(), paper.dsn);
    }

    private boolean blocked() {
      return checks.stream().anyMatch(check -> check.status() == Status.FAILED);
    }

    private ConnectionReport overTheNetwork(boolean sendSample) {
      TimeLimit limit = TimeLimit.in(world.timeLimit(), world.nanoClock());
      Endpoint endpoint = paper.endpoint;
      Dsn dsn = paper.dsn;
      if (endpoint == null || dsn == null) {
        return report(null, null);
      }
      switch (new AddressGuard(world.resolver()).check(endpoint, limit)) {
        case AddressGuard.Verdict.Closed(String seen, String action) -> {
          checks.add(Check.failed(Name.REACH, seen, action));
          return report(null, null);
        }
        case AddressGuard.Verdict.Open(Target target) -> {
          try (Prober prober = new Prober(target, world.tls(), limit, excerpt)) {
            return probed(prober, limit, endpoint, dsn, sendSample);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            checks.add(Check.failed(Name.ACCEPT, "The test was interrupted.", "Test again."));
            return report(null, null);
          }
        }
      }
    }

    private ConnectionReport probed(
        Prober prober, TimeLimit limit, Endpoint to, Dsn with, boolean sendSample)
        throws InterruptedException {
      if (prober.open() instanceof Prober.Probe.Unanswered(String seen, String action)) {
        checks.add(Check.failed(Name.REACH, seen, action));
        return report(null, null);
      }
      checks.add(
          Check.passed(
              Name.REACH,
              to.tls()
                  ? "Resolved, connected, and the certificate is valid for " + to.host() + "."
                  : "Resolved and connected, without TLS."));
      String auth = with.authHeader(CLIENT + settings.version());
      Acceptance.Result accept = new Acceptance(prober, world.pause(), limit).run(to.path(), auth);
      checks.add(accept.check());
      inconclusive = accept.inconclusive();
      if (!sendSample) {
        checks.add(Check.skipped(Name.SAMPLE, "Not asked for."));
        return report(accept.latencyMillis(), null);
      }
      if (blocked() || inconclusive) {
        return report(accept.latencyMillis(), null);
      }
      SampleSpan sample = SampleSpan.at(world.clock().instant(), settings);
      boolean accepted = sent(prober.post(to.path(), auth, sample.request()));
      return report(accept.latencyMillis(), accepted ? sample.traceId() : null);
    }

    private boolean sent(Prober.Probe probe) {
      switch (probe) {
        case Prober.Probe.Unanswered(String seen, String action) ->
            checks.add(Check.failed(Name.SAMPLE, seen, action));
        case Prober.Probe.Answered(IngestAnswer answer) -> {
          if (answer.accepted()) {
            checks.add(
                new Check(
                    Name.SAMPLE,
                    Status.PASSED,
                    "Sentry accepted the span \"" + SampleSpan.NAME + "\".",
                    "Look for its trace id in Sentry; it shows there within a minute or so."));
            return true;
          }
          Rejection rejection = Rejection.of(answer);
          String seen = "Sentry answered " + answer.described() + ": " + rejection.meaning();
          inconclusive = answer.status() == 429;
          checks.add(
              inconclusive
                  ? Check.warning(Name.SAMPLE, seen, rejection.action())
                  : Check.failed(Name.SAMPLE, seen, rejection.action()));
        }
      }
      return false;
    }

    private ConnectionReport report(@Nullable Long latencyMillis, @Nullable String traceId) {
      boolean failed = blocked();
      Name[] names = Name.values();
      while (checks.size() < names.length) {
        checks.add(Check.skipped(names[checks.size()], Check.BLOCKED));
      }
      ConnectionReport.Status status =
          failed
              ? ConnectionReport.Status.FAILED
              : inconclusive
                  ? ConnectionReport.Status.INCONCLUSIVE
                  : ConnectionReport.Status.PASSED;
      return new ConnectionReport(
          status, checks, latencyMillis, paper.shownHost, paper.projectId, traceId);
    }
  }
}
