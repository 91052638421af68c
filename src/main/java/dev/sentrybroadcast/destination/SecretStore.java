package dev.sentrybroadcast.destination;

/** The port to where secrets are kept. Implementations are safe to call from several threads. */
public interface SecretStore {

  /** Reads what is current (AWS: the stage {@code AWSCURRENT}) under this full name. */
  Secret current(String secretName);

  /** The answer of the store. */
  sealed interface Secret {

    /** There is a value. */
    record Value(String text, String versionId) implements Secret {
      @Override
      public String toString() {
        return "Value[" + versionId + "]";
      }
    }

    /** There is no such secret, or it has no value yet, or it is being deleted. */
    record NotFound() implements Secret {}

    /**
     * The store did not give an answer.
     *
     * @param kind of failure, such as {@code AccessDeniedException}; never a message
     */
    record Unavailable(String kind) implements Secret {}
  }
}
