package dev.sentrybroadcast.destination;

/** Reads secrets. Implementations are thread-safe. */
public interface SecretStore {

  /** Reads the current version (AWS: stage {@code AWSCURRENT}) of the secret of this full name. */
  Secret current(String secretName);

  /** The result of a read. */
  sealed interface Secret {

    /** A value. */
    record Value(String text, String versionId) implements Secret {
      @Override
      public String toString() {
        return "Value[" + versionId + "]";
      }
    }

    /** No such secret, or it has no value yet, or it is being deleted. */
    record NotFound() implements Secret {}

    /**
     * The store did not answer.
     *
     * @param kind the kind of failure, such as {@code AccessDeniedException}; never a message
     */
    record Unavailable(String kind) implements Secret {}
  }
}
