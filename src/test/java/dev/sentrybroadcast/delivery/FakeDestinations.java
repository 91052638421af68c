package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Routes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Destinations as a test sets them: what is cached, and what stands in the store by now. */
final class FakeDestinations implements Destinations {

  static final Duration AGE = Duration.ofSeconds(90);

  private final Map<String, Lookup<Destination>> cached = new ConcurrentHashMap<>();
  private final Map<String, Lookup<Destination>> stored = new ConcurrentHashMap<>();
  private final Set<String> unread = ConcurrentHashMap.newKeySet();
  private final List<String> found = new CopyOnWriteArrayList<>();
  private final AtomicInteger readsAgain = new AtomicInteger();
  volatile Lookup<Routes> routes = new Lookup.Found<>(Routes.NONE, false);
  volatile Runnable beforeFailure = () -> {};

  void put(Destination destination) {
    answer(destination.name(), new Lookup.Found<>(destination, false));
  }

  void answer(String name, Lookup<Destination> lookup) {
    cached.put(name, lookup);
    stored.put(name, lookup);
  }

  /** A new version of the secret, not read yet. */
  void store(Destination destination) {
    stored.put(destination.name(), new Lookup.Found<>(destination, false));
  }

  void storeAnswer(String name, Lookup<Destination> lookup) {
    stored.put(name, lookup);
  }

  /** As after a cold start: the store has the destinations, but none was read yet. */
  void forgetAll() {
    unread.addAll(cached.keySet());
  }

  /** The names that were looked up, in order. */
  List<String> found() {
    return List.copyOf(found);
  }

  int readsAgain() {
    return readsAgain.get();
  }

  @Override
  public Lookup<Destination> find(String name) {
    found.add(name);
    unread.remove(name);
    Lookup<Destination> lookup = cached.getOrDefault(name, new Lookup.Unknown<>(name));
    if (lookup instanceof Lookup.Unavailable<Destination>) {
      beforeFailure.run();
    }
    return lookup;
  }

  @Override
  public Lookup<Destination> readAgain(Destination refused) {
    readsAgain.incrementAndGet();
    Lookup<Destination> current =
        stored.getOrDefault(refused.name(), new Lookup.Unknown<>(refused.name()));
    cached.put(refused.name(), current);
    return current;
  }

  @Override
  public Lookup<Routes> routes() {
    return routes;
  }

  @Override
  public @Nullable Duration age(String name) {
    return cached.get(name) instanceof Lookup.Found<Destination> && !unread.contains(name)
        ? AGE
        : null;
  }

  @Override
  public void expire() {}
}
