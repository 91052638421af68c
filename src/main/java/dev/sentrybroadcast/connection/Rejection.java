package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Probe.Outcome.Answered;

/**
 * What an answer other than success means, and what to do about it; by Relay's {@code
 * BadStoreRequest} (https://github.com/getsentry/relay, {@code
 * relay-server/src/endpoints/common.rs}).
 */
record Rejection(String meaning, String action) {

  private static final String NEW_DSN =
      "Copy the DSN anew from the project's settings (Client Keys), with the endpoint beside it.";

  static Rejection of(Answered answer) {
    return switch (answer.status()) {
      case 400 -> new Rejection("the key or the project's number cannot be a Sentry one.", NEW_DSN);
      case 401 ->
          new Rejection(
              "the key did not arrive, or is malformed.",
              NEW_DSN + " Check that nothing in between strips the x-sentry-auth header.");
      case 403 -> forbidden(answer.words());
      case 404 ->
          new Rejection(
              "there is no such path on this host.",
              "Use https://{host}/api/{project id}/integration/otlp/v1/traces ; a self-hosted"
                  + " Sentry needs a Relay that takes OTLP.");
      case 405, 415 ->
          new Rejection(
              "what answered does not take OTLP at this path.",
              "Check the endpoint's host and path.");
      case 413 ->
          new Rejection(
              "even an empty export is too large for what answered.",
              "Check the size limits of whatever stands between here and Sentry.");
      case 429 ->
          new Rejection(
              "the key works, the quota does not.",
              "Check the quota and rate limits of project, key and organization; test again later.");
      default ->
          answer.status() >= 300 && answer.status() < 400
              ? new Rejection(
                  "it sends elsewhere, and redirects are not followed.",
                  "Use the endpoint that it leads to, if that is Sentry's own.")
              : answer.status() >= 500
                  ? new Rejection(
                      "it could not take the export now.",
                      "Try again later; look at Sentry's status page or the Relay's log.")
                  : new Rejection(
                      "it did not take the export.", "Check the endpoint's host and path.");
    };
  }

  private static Rejection forbidden(String words) {
    if (words.contains("Cors")) {
      return new Rejection(
          "the project allows certain origins only, or none.",
          "Check Allowed Domains in the project's security settings.");
    }
    if (words.contains("Signature")) {
      return new Rejection(
          "the organization takes data from its trusted Relays only.",
          "Send through a trusted Relay, or end that restriction in the organization's settings.");
    }
    if (words.contains("FeatureDisabled")) {
      return new Rejection(
          "OTLP is not switched on there.",
          "Switch it on, or bring the self-hosted Sentry up to date.");
    }
    return new Rejection(
        "it does not take this key for this project: the key is disabled, deleted, or of another"
            + " project or region.",
        NEW_DSN);
  }
}
