package dev.sentrybroadcast.connection;

/**
 * What the far end answered, as much of it as may be shown.
 *
 * @param words a short, cleaned part of the body; empty when there is none
 */
record IngestAnswer(int status, String words) {

  boolean accepted() {
    return status >= 200 && status < 300;
  }

  /** As {@code 403 ("event submission rejected …")}. */
  String described() {
    return words.isEmpty() ? Integer.toString(status) : status + " (\"" + words + "\")";
  }
}
