package dev.sentrybroadcast.delivery;

import java.util.Locale;

/**
 * A message that goes back to the queue.
 *
 * @param detail for the log: paths, names, status codes, what to check; never content, a key or a
 *     DSN
 */
public record ReturnedMessage(String messageId, Reason reason, String detail) {

  /** Why a message was returned; of low cardinality, fit for a metric's dimension. */
  public enum Reason {
    /** A record of it cannot be understood. */
    MALFORMED,
    /** There is no secret for a destination that it names. */
    UNKNOWN_DESTINATION,
    /** The secret of its destination, or of the routes, is there, but not usable. */
    DESTINATION_MISCONFIGURED,
    /** Its producer may not send to its destination. */
    PRODUCER_NOT_ALLOWED,
    /** Secrets Manager did not answer, and no good value is known. */
    SECRETS_UNAVAILABLE,
    /** An object that it points to is missing, refused, cut off, or S3 did not answer. */
    SOURCE_UNAVAILABLE,
    /** A bug of ours: decoding or mapping it threw. */
    BUG,
    /** Still over the limit, alone and with its content cut harder. */
    TOO_LARGE,
    /** Sentry asked us to wait longer than this invocation can. */
    RATE_LIMITED,
    /** Sentry refused the destination's key, and the secret holds no other. */
    AUTH_REJECTED,
    /** Sentry refused the request: a configuration fault of the destination. */
    REJECTED,
    /** Sentry could not be reached, or failed, at every attempt. */
    UNAVAILABLE,
    /** The invocation's time was over before it was sent. */
    OUT_OF_TIME,
    /** On a FIFO queue: an earlier message of its group was returned. */
    GROUP_BLOCKED;

    /** The metric that counts it, for example {@code ReturnedRateLimited}. */
    public String metric() {
      StringBuilder name = new StringBuilder("Returned");
      for (String word : name().split("_", -1)) {
        name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
      }
      return name.toString();
    }

    /** Whether it is a fault of one record, so that the records after it can be delivered. */
    boolean isOfOneRecord() {
      return switch (this) {
        case MALFORMED,
            UNKNOWN_DESTINATION,
            PRODUCER_NOT_ALLOWED,
            SOURCE_UNAVAILABLE,
            BUG,
            TOO_LARGE ->
            true;
        case DESTINATION_MISCONFIGURED,
            SECRETS_UNAVAILABLE,
            RATE_LIMITED,
            AUTH_REJECTED,
            REJECTED,
            UNAVAILABLE,
            OUT_OF_TIME,
            GROUP_BLOCKED ->
            false;
      };
    }
  }
}
