package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.KeySource;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps the key. It is read when the first record needs it. */
public final class DecryptionKeys {

  /** So that many records with a wrong key do not cause as many reads. */
  private static final long BETWEEN_READS_MILLIS = 10_000;

  /** So that a read that fails, which may take seconds, is not repeated for each record. */
  private static final long AFTER_FAILURE_MILLIS = 1_000;

  private final KeySource source;
  private final long keptMillis;
  private final InstantSource clock;
  private @Nullable DecryptionKey key;
  private long readAtMillis;
  private Answer.@Nullable Unavailable failure;
  private long failedAtMillis;

  public DecryptionKeys(KeySource source, Duration kept, InstantSource clock) {
    this.source = source;
    this.keptMillis = kept.toMillis();
    this.clock = clock;
  }

  /** The key, or why there is none. */
  sealed interface Answer {

    /** The key; {@code fresh}: read for this answer. */
    record Known(DecryptionKey key, boolean fresh) implements Answer {}

    /** It cannot be read now. */
    record Unavailable(String cause) implements Answer {}
  }

  synchronized Answer current() {
    DecryptionKey known = key;
    if (known != null && clock.millis() - readAtMillis < keptMillis) {
      return new Answer.Known(known, false);
    }
    Answer answer = readNow();
    // Like destinations: the last good one is used while the store does not answer.
    return answer instanceof Answer.Unavailable && known != null
        ? new Answer.Known(known, false)
        : answer;
  }

  /** For a record that the known key does not decrypt: the key may have been rotated. */
  synchronized Answer readAgain() {
    DecryptionKey known = key;
    return known != null && clock.millis() - readAtMillis < BETWEEN_READS_MILLIS
        ? new Answer.Known(known, false)
        : readNow();
  }

  private Answer readNow() {
    Answer.Unavailable recent = failure;
    if (recent != null && clock.millis() - failedAtMillis < AFTER_FAILURE_MILLIS) {
      return recent;
    }
    return switch (source.read()) {
      case KeySource.Secret.Unavailable(String cause) -> failed(cause);
      case KeySource.Secret.Value(String json) -> {
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
