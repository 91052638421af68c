package dev.sentrybroadcast.intake;

/** Where the key of encrypted records is kept. Safe to call from several threads. */
@FunctionalInterface
public interface KeySource {

  /** Reads the secret as it is now. */
  Secret read();

  /** What came of reading it. */
  sealed interface Secret {

    /** {@code {"key": base64 of 32 bytes, "aad": text or null}}. */
    record Value(String json) implements Secret {
      @Override
      public String toString() {
        return "Value[withheld]";
      }
    }

    /**
     * It cannot be read now.
     *
     * @param cause as it is logged: a kind of failure, never a message or value
     */
    record Unavailable(String cause) implements Secret {}
  }
}
