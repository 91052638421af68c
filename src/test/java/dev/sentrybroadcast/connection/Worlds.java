package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The world of a connection test, with time that passes only while it is asked to. */
final class Worlds {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  final List<Duration> pauses = new ArrayList<>();
  final List<String> lookups = new ArrayList<>();
  private final AtomicLong skipped = new AtomicLong();
  private static final SentryHttpClient CLIENT =
      new SentryHttpClient(NameResolver.SYSTEM, null, null);

  private NameResolver resolver = NameResolver.SYSTEM;
  private SentryHttpClient client = CLIENT;
  private Duration timeLimit = Duration.ofSeconds(10);

  Worlds resolving(NameResolver other) {
    resolver = other;
    return this;
  }

  Worlds sendingBy(SentryHttpClient other) {
    client = other;
    return this;
  }

  Worlds within(Duration limit) {
    timeLimit = limit;
    return this;
  }

  ConnectionTest.World world() {
    return new ConnectionTest.World(
        host -> {
          lookups.add(host);
          return resolver.addresses(host);
        },
        client,
        InstantSource.fixed(NOW),
        () -> System.nanoTime() + skipped.get(),
        time -> {
          pauses.add(time);
          skipped.addAndGet(time.toNanos());
        },
        timeLimit);
  }

  Duration paused() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }

  static ConnectionSettings allowing(String hosts) {
    return new ConnectionSettings(
        "sentry-broadcast/",
        List.of("default"),
        ContentRules.of(PrivacyMode.OFF),
        AllowedHosts.parse(hosts),
        new ContentLimits(65_536, 524_288),
        "checkout",
        "1.2.3");
  }

  ConnectionReport test(String allowedHosts, String endpoint, String dsn) {
    return new ConnectionTest(allowing(allowedHosts), world())
        .run(new Candidate(endpoint, dsn), false);
  }

  static Check check(ConnectionReport report, Check.Name name) {
    return report.checks().stream().filter(check -> check.name() == name).findFirst().orElseThrow();
  }
}
