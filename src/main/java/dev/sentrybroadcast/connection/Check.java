package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/**
 * One step of a connection test.
 *
 * @param seen a sentence: what was seen; never a key or a DSN
 * @param action a sentence: what to do about it; null when there is nothing to do
 */
record Check(Name name, Status status, String seen, @Nullable String action) {

  /** What is seen where a check before it stands in the way. */
  static final String BLOCKED = "Not done, because of a check before it.";

  /** The steps, in the order in which they are taken. */
  enum Name {
    DSN("dsn"),
    ENDPOINT("endpoint"),
    AGREEMENT("agreement"),
    REACH("reach"),
    ACCEPT("accept"),
    SAMPLE("sample");

    final String json;

    Name(String json) {
      this.json = json;
    }
  }

  /** How a step ended; a warning alone does not stop a destination from being saved. */
  enum Status {
    PASSED("passed"),
    FAILED("failed"),
    WARNING("warning"),
    SKIPPED("skipped");

    final String json;

    Status(String json) {
      this.json = json;
    }
  }

  static Check passed(Name name, String seen) {
    return new Check(name, Status.PASSED, seen, null);
  }

  static Check failed(Name name, String seen, String action) {
    return new Check(name, Status.FAILED, seen, action);
  }

  static Check warning(Name name, String seen, String action) {
    return new Check(name, Status.WARNING, seen, action);
  }

  static Check skipped(Name name, String seen) {
    return new Check(name, Status.SKIPPED, seen, null);
  }
}
