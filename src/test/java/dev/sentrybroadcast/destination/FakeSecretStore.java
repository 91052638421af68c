package dev.sentrybroadcast.destination;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that counts its reads, can be down, and can be held in the middle of a read.
 */
final class FakeSecretStore implements SecretStore {

  private final Map<String, Secret.Value> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();
  private final List<String> reads = new ArrayList<>();
  private volatile @Nullable String down;
  private volatile Runnable duringRead = () -> {};

  @Override
  public Secret current(String secretName) {
    synchronized (reads) {
      reads.add(secretName);
    }
    duringRead.run();
    String kind = down;
    if (kind != null) {
      return new Secret.Unavailable(kind);
    }
    Secret.Value value = secrets.get(secretName);
    return value == null ? new Secret.NotFound() : value;
  }

  FakeSecretStore put(String secretName, String text) {
    secrets.put(secretName, new Secret.Value(text, "v" + versions.incrementAndGet()));
    return this;
  }

  void delete(String secretName) {
    secrets.remove(secretName);
  }

  void goDown(String kind) {
    down = kind;
  }

  void comeUp() {
    down = null;
  }

  void duringRead(Runnable action) {
    duringRead = action;
  }

  List<String> reads() {
    synchronized (reads) {
      return List.copyOf(reads);
    }
  }

  int readCount() {
    return reads().size();
  }
}
