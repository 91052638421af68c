package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.WritableSecretStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A vault whose n-th call fails, is not answered, or is the process's last. */
final class VaultWithFaults implements WritableSecretStore {

  /** What becomes of that call. */
  enum Fault {
    NOT_DONE,
    DONE_BUT_NOT_ANSWERED,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  /** The process ends here. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final WritableSecretStore vault;
  private final int failingCall;
  private final Fault fault;
  private int calls;

  VaultWithFaults(WritableSecretStore vault, int failingCall, Fault fault) {
    this.vault = vault;
    this.failingCall = failingCall;
    this.fault = fault;
  }

  int calls() {
    return calls;
  }

  private <T> T call(Supplier<T> real, T unavailable) {
    if (++calls != failingCall) {
      return real.get();
    }
    return switch (fault) {
      case NOT_DONE -> unavailable;
      case DONE_BUT_NOT_ANSWERED -> {
        T _ = real.get();
        yield unavailable;
      }
      case CRASH_BEFORE -> throw new Crash();
      case CRASH_AFTER -> {
        T _ = real.get();
        throw new Crash();
      }
    };
  }

  @Override
  public Secret current(String secretName) {
    return call(() -> vault.current(secretName), new Secret.Unavailable("fault"));
  }

  @Override
  public Secret version(String secretName, String versionId) {
    return call(() -> vault.version(secretName, versionId), new Secret.Unavailable("fault"));
  }

  @Override
  public Written putPending(String secretName, String text) {
    return call(() -> vault.putPending(secretName, text), new Written.Unavailable("fault"));
  }

  @Override
  public Written create(String secretName, String text) {
    return call(() -> vault.create(secretName, text), new Written.Unavailable("fault"));
  }

  @Override
  public Written promote(String secretName, String versionId, @Nullable String replaced) {
    return call(
        () -> vault.promote(secretName, versionId, replaced), new Written.Unavailable("fault"));
  }

  @Override
  public void dropPending(String secretName, String versionId) {
    boolean _ =
        call(
            () -> {
              vault.dropPending(secretName, versionId);
              return true;
            },
            false);
  }
}
