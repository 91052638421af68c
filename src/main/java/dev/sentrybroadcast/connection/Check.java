package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a connection test.
 *
 * @param seen a sentence: what was seen; never a key or a DSN
 * @param action a sentence: what to do about it; null when there is nothing to do
 * @param inconclusive whether it leaves open if spans will be accepted
 */
record Check(Name name, Status status, String seen, @Nullable String action, boolean inconclusive) {

  /** The steps, in the order in which they are taken. */
  enum Name {
    DSN,
    ENDPOINT,
    AGREEMENT,
    REACH,
    ACCEPT,
    SAMPLE
  }

  /** How a step ended; a warning does not stop a destination from being saved. */
  enum Status {
    PASSED,
    FAILED,
    WARNING,
    SKIPPED
  }

  /** A name or a status, as answers have it. */
  static String json(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** For JSON. */
  Map<String, @Nullable Object> fields() {
    return Json.fields("name", json(name), "status", json(status), "seen", seen, "action", action);
  }

  static Check passed(Name name, String seen) {
    return new Check(name, Status.PASSED, seen, null, false);
  }

  static Check failed(Name name, String seen, String action) {
    return new Check(name, Status.FAILED, seen, action, false);
  }

  static Check warning(Name name, String seen, String action) {
    return new Check(name, Status.WARNING, seen, action, false);
  }

  static Check inconclusive(Name name, String seen, String action) {
    return new Check(name, Status.WARNING, seen, action, true);
  }

  static Check skipped(Name name, String seen) {
    return new Check(name, Status.SKIPPED, seen, null, false);
  }
}
