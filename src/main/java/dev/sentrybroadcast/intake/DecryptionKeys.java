package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.intake.KeySource.Secret;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The key as last read; it is read when the first record needs it. */
final class DecryptionKeys {

  /** A flood of records under a wrong key must not become one of reads. */
  private static final long BETWEEN_READS_MILLIS = 10_000;

  /** Nor one of reads that fail, each of which may take seconds. */
  private static final long AFTER_FAILURE_MILLIS = 1_000;

  private final KeySource source;
  private final long keptMillis;
  private final InstantSource clock;
  private @Nullable DecryptionKey key;
  private long readAtMillis;
  private Answer.@Nullable Unavailable failure;
  private long failedAtMillis;

  DecryptionKeys(KeySource source, Duration kept, InstantSource clock) {
    this.source = source;
    this.keptMillis = kept.toMillis();
    this.clock = clock;
  }

  /** What came of asking for the key. */
  sealed interface Answer {

    /** The key; {@code fresh}: read for this answer. */
    record Known(DecryptionKey key, boolean fresh) implements Answer {}

    /** There is none now. */
    record Unavailable(String cause) implements Answer {}
  }

  synchronized Answer current() {
    DecryptionKey known = key;
    if (known != null && clock.millis() - readAtMillis < keptMillis) {
      return new Answer.Known(known, false);
    }
    Answer answer = readOrFail();
    // As with destinations: the last good one serves where the store does not answer.
    return answer instanceof Answer.Unavailable && known != null
        ? new Answer.Known(known, false)
        : answer;
  }

  /** After a record that the known key did not open: it may have been rotated. */
  synchronized Answer readAgain() {
    DecryptionKey known = key;
    return known != null && clock.millis() - readAtMillis < BETWEEN_READS_MILLIS
        ? new Answer.Known(known, false)
        : readOrFail();
  }

  private Answer readOrFail() {
    Answer.Unavailable lately = failure;
    if (lately != null && clock.millis() - failedAtMillis < AFTER_FAILURE_MILLIS) {
      return lately;
    }
    return switch (source.read()) {
      case Secret.Unavailable(String cause) -> failed(cause);
      case Secret.Value(String json) -> {
        DecryptionKey made = DecryptionKey.of(json);
        if (made == null) {
          yield failed(
              "the secret does not hold {\"key\": base64 of 32 bytes, \"aad\": text or null}");
        }
        key = made;
        readAtMillis = clock.millis();
        failure = null;
        yield new Answer.Known(made, true);
      }
    };
  }

  private Answer failed(String cause) {
    Answer.Unavailable failed = new Answer.Unavailable(cause);
    failure = failed;
    failedAtMillis = clock.millis();
    return failed;
  }
}
