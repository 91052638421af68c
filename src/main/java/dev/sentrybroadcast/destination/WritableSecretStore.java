package dev.sentrybroadcast.destination;

import org.jspecify.annotations.Nullable;

/**
 * A secret store that can also write. A new value is pending first, and current only once it is
 * promoted. Names are full names of secrets.
 */
public interface WritableSecretStore extends SecretStore {

  /** Reads one version, whatever its stage. */
  Secret version(String secretName, String versionId);

  /** Adds a pending version to an existing secret. The first version of a secret is current. */
  Written putPending(String secretName, String text);

  /** Creates the secret; this text is its current value. */
  Written create(String secretName, String text);

  /**
   * Makes a pending version current, if {@code replaced} is still current.
   *
   * @param replaced the version that is current; null if there is none
   */
  Written promote(String secretName, String versionId, @Nullable String replaced);

  /** Discards a pending version. A failure is ignored: the next save replaces it. */
  void dropPending(String secretName, String versionId);

  /** The result of a write or a promotion, with the version that it was about. */
  sealed interface Written {

    record Version(String versionId) implements Written {}

    /** Not created: a secret of that name exists. */
    record Exists() implements Written {}

    /** Not known to be done. A promotion also fails once another version is current. */
    record Unavailable(String kind) implements Written {}
  }
}
