package dev.sentrybroadcast.destination;

import org.jspecify.annotations.Nullable;

/**
 * The port to where secrets are written: a new value is pending first, and current only when it is
 * promoted. Names are full names of secrets.
 */
public interface DestinationVault extends SecretStore {

  /** Reads one version, whatever its stage. */
  Secret version(String secretName, String versionId);

  /** Adds a version to a secret that exists; it is not current. A secret's very first one is. */
  Written putPending(String secretName, String text);

  /** Creates the secret, with this text as what is current. */
  Written create(String secretName, String text);

  /**
   * Makes a pending version current, if {@code replaced} still is.
   *
   * @param replaced the version that is current; null when none is
   */
  Promotion promote(String secretName, String versionId, @Nullable String replaced);

  /** Gives up a pending version; that this fails is of no consequence. */
  void dropPending(String secretName, String versionId);

  /** The outcome of a write. */
  sealed interface Written {

    record Version(String versionId) implements Written {}

    /** To be created, but there is one of that name. */
    record Exists() implements Written {}

    /** Not written, as far as is known. */
    record Unavailable(String kind) implements Written {}
  }

  /** The outcome of a promotion. */
  sealed interface Promotion {

    record Done() implements Promotion {}

    /** Something else has become current in the meantime. */
    record Overtaken() implements Promotion {}

    /** It cannot be told whether it was done. */
    record Unavailable(String kind) implements Promotion {}
  }
}
