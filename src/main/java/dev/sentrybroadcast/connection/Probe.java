package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.HttpResult;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends exports to the endpoint that is tested, by the client that delivers spans.
 *
 * @param client connects to the checked addresses alone
 * @param left of the time for the whole test
 */
record Probe(
    SentryHttpClient client, URI endpoint, String auth, Supplier<Duration> left, Excerpt excerpt) {

  /** What came of a request. */
  sealed interface Outcome {

    /**
     * A response.
     *
     * @param words a short, cleaned part of the body; empty when there is none
     */
    record Answered(int status, String words) implements Outcome {

      boolean accepted() {
        return status >= 200 && status < 300;
      }

      /** As {@code 403 ("event submission rejected …")}. */
      String described() {
        return words.isEmpty() ? Integer.toString(status) : status + " (\"" + words + "\")";
      }
    }

    record Unanswered(String seen, String action) implements Outcome {}
  }

  Outcome post(byte[] body) {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/x-protobuf",
            "User-Agent", "sentry-broadcast",
            "x-sentry-auth", auth);
    return switch (client.post(endpoint, headers, body, left.get())) {
      case HttpResult.Response response ->
          new Outcome.Answered(response.status(), excerpt.of(response));
      case HttpResult.NoResponse(HttpResult.Cause cause) ->
          new Outcome.Unanswered(
              "HTTP: " + cause.words() + ".",
              "Try again; if it stays, check the endpoint's host and port, what stands between here"
                  + " and Sentry, and Sentry's status page.");
    };
  }
}
