package dev.sentrybroadcast.delivery;

import java.util.List;
import java.util.Map;

/** What came of one HTTP request to Sentry. */
sealed interface HttpAnswer {

  /**
   * A status line and headers came.
   *
   * @param headers by name in lower case
   * @param body as much of it as came in time and fits the bound; good for a diagnosis only
   */
  record Answered(int status, Map<String, List<String>> headers, AnswerBody body)
      implements HttpAnswer {
    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /** No status came. */
  record Unanswered(Cause cause) implements HttpAnswer {}

  /** Why no status came. */
  enum Cause {
    TIMEOUT("no answer in time"),
    DNS("the host's name does not resolve"),
    CONNECT("the connection was refused"),
    TLS("TLS failed"),
    RESET("the connection broke before an answer"),
    PROTOCOL("the answer is not HTTP"),
    INTERRUPTED("interrupted");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
