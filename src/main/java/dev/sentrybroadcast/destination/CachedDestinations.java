package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Destinations read from a secret store and cached.
 *
 * <ul>
 *   <li>The store does not answer: the last good value serves, marked stale. After one read that
 *       took long, other destinations with a last good value do not wait for the store for a while.
 *   <li>The secret is deleted: the destination is unknown at once, its last good value is dropped.
 *   <li>The secret's new value is unusable: the last good value serves, marked stale and in privacy
 *       mode, because the privacy setting of the new value is not known.
 * </ul>
 */
public final class CachedDestinations implements Destinations {

  /** Between reads while the last good value serves, or there is no usable secret. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  /** Shorter: while there is no value, each invocation costs its messages a receive. */
  static final Duration RETRY_PAUSE_WITHOUT_VALUE = Duration.ofSeconds(1);

  /**
   * Between two reads because Sentry refused the same destination. Shorter than any visibility
   * timeout, so that the next receive sees a new secret.
   */
  static final Duration READ_AGAIN_PAUSE = Duration.ofSeconds(2);

  /** A failed read that took this long counts as hanging. */
  private static final Duration HANGING = Duration.ofSeconds(1);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** Replaces text that is no name: it may be anything, so it must not be logged. */
  private static final String NOT_A_NAME = "(not a destination's name)";

  private static final int ENTRIES_MAX = 512;

  private final SecretStore store;
  private final String prefix;
  private final DestinationReader reader;
  private final Duration maxAge;
  private final InstantSource clock;
  private final Consumer<? super Lookup> failedReads;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile Instant hangsUntil = Instant.MIN;

  /**
   * Reads nothing yet.
   *
   * @param prefix of the secrets' names
   * @param maxAge how long a value serves before it is read again
   * @param failedReads gets each {@link Lookup.Unavailable} or {@link Lookup.Misconfigured} while
   *     the last good value serves; must not throw
   */
  public CachedDestinations(
      SecretStore store,
      String prefix,
      DestinationReader reader,
      Duration maxAge,
      InstantSource clock,
      Consumer<? super Lookup> failedReads) {
    this.store = store;
    this.prefix = prefix;
    this.reader = reader;
    this.maxAge = maxAge;
    this.clock = clock;
    this.failedReads = failedReads;
  }

  @Override
  public Lookup find(String name) {
    // Checked before the prefix is added: a record must not reach any other secret.
    return isName(name) ? entry(name).find() : new Lookup.Unknown(NOT_A_NAME);
  }

  @Override
  public Lookup readAgain(Destination refused) {
    return entry(refused.name()).readAgain(refused);
  }

  @Override
  public @Nullable Duration age(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.age();
  }

  @Override
  public void expire() {
    hangsUntil = Instant.MIN;
    entries.values().forEach(Entry::expire);
  }

  /** Whether the text is a destination's name: 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** How many names are cached, unknown ones included. */
  int size() {
    return entries.size();
  }

  private Entry entry(String name) {
    if (entries.size() >= ENTRIES_MAX && !entries.containsKey(name)) {
      // Names come from records: unknown ones must not accumulate.
      entries.values().removeIf(Entry::hasNoGoodValue);
    }
    return entries.computeIfAbsent(name, Entry::new);
  }

  /** The cached state of one name. Reads hold its lock, so that concurrent callers share them. */
  private final class Entry {

    private final String name;
    private @Nullable Destination good;
    private Instant goodAt = Instant.MIN;
    private @Nullable Lookup cached;
    private Instant validUntil = Instant.MIN;
    private @Nullable Destination lastRefused;
    private Instant noReadAgainUntil = Instant.MIN;

    Entry(String name) {
      this.name = name;
    }

    synchronized Lookup find() {
      Lookup known = cached;
      return known != null && clock.instant().isBefore(validUntil) ? known : read();
    }

    synchronized Lookup readAgain(Destination refused) {
      boolean changedSince = good != null && !good.equals(refused);
      boolean justRead = refused.equals(lastRefused) && clock.instant().isBefore(noReadAgainUntil);
      if (cached != null && (changedSince || justRead)) {
        return cached;
      }
      Lookup read = read();
      lastRefused = refused;
      noReadAgainUntil = clock.instant().plus(READ_AGAIN_PAUSE);
      return read;
    }

    synchronized void expire() {
      validUntil = Instant.MIN;
      noReadAgainUntil = Instant.MIN;
    }

    synchronized @Nullable Duration age() {
      return good == null ? null : Duration.between(goodAt, clock.instant());
    }

    synchronized boolean hasNoGoodValue() {
      return good == null;
    }

    private Lookup read() {
      Instant start = clock.instant();
      if (good != null && start.isBefore(hangsUntil)) {
        return failed(new Lookup.Unavailable(name, "the store does not answer"));
      }
      return switch (store.current(prefix + name)) {
        case SecretStore.Secret.Value(String text, _) ->
            switch (reader.read(name, text)) {
              case DestinationReader.Reading.Valid(Destination destination) -> {
                good = destination;
                goodAt = clock.instant();
                yield keep(new Lookup.Found(destination, false), maxAge);
              }
              case DestinationReader.Reading.Invalid(@Nullable String field, String expected) ->
                  failed(new Lookup.Misconfigured(name, field, expected));
            };
        case SecretStore.Secret.NotFound() -> {
          good = null;
          yield keep(new Lookup.Unknown(name), RETRY_PAUSE);
        }
        case SecretStore.Secret.Unavailable(String kind) -> {
          Instant end = clock.instant();
          if (!start.plus(HANGING).isAfter(end)) {
            hangsUntil = end.plus(RETRY_PAUSE);
          }
          yield failed(new Lookup.Unavailable(name, kind));
        }
      };
    }

    private Lookup failed(Lookup failure) {
      boolean misconfigured = failure instanceof Lookup.Misconfigured;
      Destination last = good;
      if (last == null) {
        return keep(failure, misconfigured ? RETRY_PAUSE : RETRY_PAUSE_WITHOUT_VALUE);
      }
      Destination serving = misconfigured ? last.withPrivacyMode(PrivacyMode.ON) : last;
      good = serving;
      failedReads.accept(failure);
      return keep(new Lookup.Found(serving, true), RETRY_PAUSE);
    }

    private Lookup keep(Lookup lookup, Duration age) {
      cached = lookup;
      validUntil = clock.instant().plus(age);
      return lookup;
    }
  }
}
