package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.destination.CachedSecret.Source;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Destinations and routes read from a secret store, and cached as {@link CachedSecret} does. While
 * a destination's new value is unusable its last good one serves in privacy mode, because the
 * privacy setting of the new value is not known.
 */
public final class CachedDestinations implements Destinations {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Replaces text that is no name: it may be anything, so it must not be logged. */
  private static final String NOT_A_NAME = "(not a destination's name)";

  private static final int ENTRIES_MAX = 512;

  private final CachedSecret.Store store;
  private final Source<Destination> source;
  private final CachedSecret<Routes> routes;
  private final ConcurrentHashMap<String, CachedSecret<Destination>> entries =
      new ConcurrentHashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param prefix of the secrets' names
   * @param maxAge how long a value serves before it is read again
   * @param failedReads gets each {@link Lookup.Unavailable} or {@link Lookup.Misconfigured} while
   *     the last good value serves; must not throw
   */
  public CachedDestinations(
      SecretStore secrets,
      String prefix,
      DestinationReader reader,
      Duration maxAge,
      InstantSource clock,
      Consumer<? super Lookup<?>> failedReads) {
    store =
        new CachedSecret.Store(
            secrets, prefix, maxAge, clock, failedReads, new AtomicReference<>(Instant.MIN));
    source =
        new Source<>(
            store, reader::read, last -> last.withPrivacyMode(PrivacyMode.ON), /* absent= */ null);
    // Most stacks have no routes, so their absence is a good value, too.
    routes =
        new CachedSecret<>(
            Routes.NAME,
            new Source<>(
                store, (_, text) -> Routes.read(text), UnaryOperator.identity(), Routes.NONE));
  }

  @Override
  public Lookup<Destination> find(String name) {
    // Checked before the prefix is added: a record must not reach any other secret.
    return isName(name) ? entry(name).find() : new Lookup.Unknown<>(NOT_A_NAME);
  }

  @Override
  public Lookup<Destination> readAgain(Destination refused) {
    return entry(refused.name()).readAgain(refused);
  }

  @Override
  public Lookup<Routes> routes() {
    return routes.find();
  }

  @Override
  public @Nullable Duration age(String name) {
    CachedSecret<Destination> entry = entries.get(name);
    return entry == null ? null : entry.age();
  }

  @Override
  public void expire() {
    store.hangsUntil().set(Instant.MIN);
    entries.values().forEach(CachedSecret::expire);
    routes.expire();
  }

  /** Whether the text is a destination's name: 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals(Routes.NAME);
  }

  /** How many names are cached, unknown ones included. */
  int size() {
    return entries.size();
  }

  private CachedSecret<Destination> entry(String name) {
    if (entries.size() >= ENTRIES_MAX && !entries.containsKey(name)) {
      // Names come from records: unknown ones must not accumulate.
      entries.values().removeIf(CachedSecret::hasNoGoodValue);
    }
    return entries.computeIfAbsent(name, each -> new CachedSecret<>(each, source));
  }
}
