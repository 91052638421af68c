package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.HttpResult;
import dev.sentrybroadcast.sentry.ResponseVerdict;
import dev.sentrybroadcast.sentry.ResponseVerdict.Kind;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends exports to the endpoint that is tested, with the client that delivers spans.
 *
 * @param client connects only to the addresses that were checked
 * @param timeLeft for the whole test
 */
record Exports(
    SentryHttpClient client,
    URI endpoint,
    String auth,
    Excerpt excerpt,
    Supplier<Duration> timeLeft,
    InstantSource clock) {

  /**
   * What came of an export.
   *
   * @param words a short, cleaned part of the response's body; empty when there is none
   */
  record Outcome(HttpResult result, ResponseVerdict verdict, String words) {

    boolean isAccepted() {
      return verdict.kind() == Kind.ACCEPTED;
    }

    /** Such as {@code HTTP 403 (ProjectId) ("event submission rejected …")}. */
    String seen() {
      return words.isEmpty() ? verdict.seen() : verdict.seen() + " (\"" + words + "\")";
    }

    String described() {
      String what = result instanceof HttpResult.Response ? "Sentry answered " : "HTTP: ";
      return what + seen() + ": " + verdict.meaning();
    }

    /** A rate limit leaves it open whether spans will be accepted, because the key works. */
    Check rejected(Name name, String before) {
      String seen = before + described();
      return verdict.kind() == Kind.RATE_LIMITED
          ? Check.inconclusive(name, seen, verdict.action())
          : Check.failed(name, seen, verdict.action());
    }
  }

  Duration left() {
    return timeLeft.get();
  }

  Outcome send(byte[] request) {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/x-protobuf",
            "User-Agent", "sentry-broadcast",
            "x-sentry-auth", auth);
    HttpResult result = client.post(endpoint, headers, request, left());
    return new Outcome(
        result,
        ResponseVerdict.of(result, clock.instant()),
        result instanceof HttpResult.Response response ? excerpt.of(response) : "");
  }
}
