package dev.sentrybroadcast.intake;

/** The port to where the key of encrypted records is kept. Safe to call from several threads. */
@FunctionalInterface
public interface KeySource {

  /** Reads the secret as it is now. */
  Secret read();

  /** The answer. */
  sealed interface Secret {

    /** {@code {"key": base64 of 32 bytes, "aad": text or null}}. */
    record Value(String json) implements Secret {
      @Override
      public String toString() {
        return "Value[withheld]";
      }
    }

    /**
     * There is none now.
     *
     * @param cause as it is logged: a kind of failure, never a message or value
     */
    record Unavailable(String cause) implements Secret {}
  }
}
