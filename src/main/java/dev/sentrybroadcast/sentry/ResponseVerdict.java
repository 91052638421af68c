package dev.sentrybroadcast.sentry;

import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import dev.sentrybroadcast.sentry.HttpResult.Response;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the result of a request to Sentry means, and what an operator should do about it. This is
 * the one table of responses. Delivery decides by it what becomes of a record, and the connection
 * test what it reports. It follows Relay's {@code BadStoreRequest}.
 *
 * @param kind decides what to do
 * @param seen what came, such as {@code HTTP 403 (ProjectId)} or {@code no response in time}
 * @param meaning what that means, as the rest of a sentence; empty when the request was accepted
 * @param action what to check, in sentences; empty when the request was accepted
 * @param rejectedSpans what an accepted request says of its own spans. OTLP forbids to send them
 *     again.
 * @param retryAfter how long the response asks to wait before the next request; null when it does
 *     not, zero when the next request may follow at once
 * @see <a
 *     href="https://github.com/getsentry/relay/blob/master/relay-server/src/endpoints/common.rs">
 *     BadStoreRequest</a>
 */
public record ResponseVerdict(
    Kind kind,
    String seen,
    String meaning,
    String action,
    long rejectedSpans,
    @Nullable Duration retryAfter) {

  /** What to do with a request. */
  public enum Kind {
    /** 2xx to a request that was sent whole. */
    ACCEPTED,
    /** 413: a smaller request may be accepted. */
    TOO_LARGE,
    /** 429: {@link RateLimits} says for how long. */
    RATE_LIMITED,
    /** 401 or 403: the key is not accepted. */
    KEY_REJECTED,
    /** A redirect or another 4xx: no request to this endpoint will be accepted. */
    MISCONFIGURED,
    /** 408, 5xx, or no response to a whole request: the same request may be accepted later. */
    UNAVAILABLE
  }

  private static final String COPY_DSN =
      "Copy DSN and endpoint again from the project's settings (Client Keys).";
  private static final String CHECK_PATH = "Check the endpoint's host and path.";
  private static final String TRY_LATER =
      "Try again later. Look at Sentry's status page or the Relay's log.";

  /** Judges the result of a request that was made just before {@code now}. */
  public static ResponseVerdict of(HttpResult result, Instant now) {
    return switch (result) {
      case Response response -> of(response, now);
      case NoResponse noResponse -> of(noResponse.cause());
    };
  }

  private static ResponseVerdict of(HttpResult.Cause cause) {
    return switch (cause) {
      case REFUSED_ADDRESS, INVALID_URL ->
          verdict(
              Kind.MISCONFIGURED,
              cause.words(),
              "nothing may be sent there.",
              "Check the endpoint's host.");
      case TIMEOUT, DNS, CONNECT, TLS, RESET, PROTOCOL, INTERRUPTED ->
          verdict(
              Kind.UNAVAILABLE,
              cause.words(),
              "Sentry could not be reached.",
              "Try again. If it persists, check the endpoint's host and port, the network between"
                  + " here and Sentry, and Sentry's status page.");
    };
  }

  private static ResponseVerdict of(Response response, Instant now) {
    int status = response.status();
    String seen = "HTTP " + status;
    if (status < 300) {
      return response.sentWhole()
          ? new ResponseVerdict(
              Kind.ACCEPTED, seen, "", "", ResponseBody.rejectedSpans(response.body()), null)
          : verdict(
              Kind.UNAVAILABLE,
              seen + " before the request was sent whole",
              "it cannot have read the request.",
              TRY_LATER);
    }
    if (status == 408 || status >= 500) {
      return new ResponseVerdict(
          Kind.UNAVAILABLE,
          seen,
          "it could not accept the request now.",
          TRY_LATER,
          0,
          RateLimits.retryAfter(response.headers(), now));
    }
    if (status < 400) {
      return verdict(
          Kind.MISCONFIGURED,
          seen,
          "it redirects, and redirects are not followed.",
          "Use the endpoint that it redirects to, if that is Sentry's own.");
    }
    String reason = ResponseBody.knownReason(response.body());
    return refused(status, reason == null ? seen : seen + " (" + reason + ")", reason);
  }

  private static ResponseVerdict refused(int status, String seen, @Nullable String reason) {
    return switch (status) {
      case 400 ->
          verdict(
              Kind.MISCONFIGURED,
              seen,
              "key or project id are not those of a Sentry project.",
              COPY_DSN);
      case 401 ->
          verdict(
              Kind.KEY_REJECTED,
              seen,
              "the key did not arrive, or is malformed.",
              COPY_DSN + " Check that no proxy removes the x-sentry-auth header.");
      case 403 -> forbidden(seen, reason);
      case 404 ->
          verdict(
              Kind.MISCONFIGURED,
              seen,
              "there is no such path on this host.",
              "Use https://{host}/api/{project id}/integration/otlp/v1/traces ; a self-hosted"
                  + " Sentry needs a Relay that accepts OTLP.");
      case 405, 415 ->
          verdict(
              Kind.MISCONFIGURED, seen, "this path does not accept OTLP as protobuf.", CHECK_PATH);
      case 413 ->
          verdict(
              Kind.TOO_LARGE,
              seen,
              "the request is too large.",
              "Check the size limits of the proxies between here and Sentry.");
      case 429 ->
          verdict(
              Kind.RATE_LIMITED,
              seen,
              "the key works, but its quota is used up.",
              "Check the quota and the rate limits of project, key and organization.");
      default -> verdict(Kind.MISCONFIGURED, seen, "it did not accept the request.", CHECK_PATH);
    };
  }

  private static ResponseVerdict forbidden(String seen, @Nullable String reason) {
    return switch (reason) {
      case "Cors" ->
          verdict(
              Kind.KEY_REJECTED,
              seen,
              "the project accepts data from certain origins only, or from none.",
              "Check Allowed Domains in the project's security settings.");
      case "MissingSignature", "InvalidSignature" ->
          verdict(
              Kind.KEY_REJECTED,
              seen,
              "the organization accepts data from its trusted Relays only.",
              "Send through a trusted Relay, or remove that restriction in the organization's"
                  + " settings.");
      case "FeatureDisabled" ->
          verdict(
              Kind.KEY_REJECTED,
              seen,
              "OTLP is not enabled there.",
              "Enable it, or update the self-hosted Sentry.");
      case null, default ->
          verdict(
              Kind.KEY_REJECTED,
              seen,
              "it does not accept this key for this project: the key is disabled, deleted, or of"
                  + " another project or region.",
              COPY_DSN);
    };
  }

  /** All of it in one text: what came, what that means and what to check. */
  public String described() {
    return kind == Kind.ACCEPTED ? seen : seen + ": " + meaning + " " + action;
  }

  private static ResponseVerdict verdict(Kind kind, String seen, String meaning, String action) {
    return new ResponseVerdict(kind, seen, meaning, action, 0, null);
  }
}
