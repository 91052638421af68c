package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Destinations read from a store of secrets and kept for a while.
 *
 * <ul>
 *   <li>The store is silent: the last good value serves, marked stale. Once it let one destination
 *       wait, none that has a last good value waits for it soon after.
 *   <li>The secret is gone: the destination is unknown at once, its last good value is forgotten.
 *   <li>The secret's new value is not usable: the last good one serves, marked stale and with
 *       privacy mode on, because what the new value says about privacy cannot be told.
 * </ul>
 */
public final class CachedDestinations implements Destinations {

  /** Between reads while the last good value serves, or there is no usable secret. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  /** While nothing can be sent each invocation costs its messages a receive: shorter. */
  static final Duration RETRY_PAUSE_WITHOUT_VALUE = Duration.ofSeconds(1);

  /**
   * Between two reads because of the same refused destination: shorter than any visibility timeout,
   * so that a new secret is seen at the next receive.
   */
  static final Duration READ_AGAIN_PAUSE = Duration.ofSeconds(2);

  /** A failure that took this long was one to wait for. */
  private static final Duration HANGING = Duration.ofSeconds(1);

  /** Stands for a name that may be any text, and so must not be logged. */
  private static final String NOT_A_NAME = "(not a destination's name)";

  private static final int NAME_MAX = 64;
  private static final int ENTRIES_MAX = 512;

  private final SecretStore store;
  private final String prefix;
  private final DestinationReader reader;
  private final Duration maxAge;
  private final InstantSource clock;
  private final Consumer<? super Lookup> trouble;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile Instant hangsUntil = Instant.MIN;

  /**
   * Reads nothing yet.
   *
   * @param prefix of the names of the destinations' secrets
   * @param maxAge how long a value serves before it is read again
   * @param trouble told of each read that failed while the last good value serves: {@link
   *     Lookup.Unavailable} or {@link Lookup.Misconfigured}; must not throw
   */
  public CachedDestinations(
      SecretStore store,
      String prefix,
      DestinationReader reader,
      Duration maxAge,
      InstantSource clock,
      Consumer<? super Lookup> trouble) {
    this.store = store;
    this.prefix = prefix;
    this.reader = reader;
    this.maxAge = maxAge;
    this.clock = clock;
    this.trouble = trouble;
  }

  @Override
  public Lookup find(String name) {
    // Before the name meets the prefix: a record's name must not reach any other secret.
    return isName(name) ? entry(name).find() : new Lookup.Unknown(NOT_A_NAME);
  }

  @Override
  public Lookup readAgain(Destination refused) {
    String name = refused.name();
    return isName(name) ? entry(name).readAgain(refused) : new Lookup.Unknown(NOT_A_NAME);
  }

  @Override
  public @Nullable Duration age(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.age();
  }

  @Override
  public void expire() {
    hangsUntil = Instant.MIN;
    for (Entry entry : entries.values()) {
      entry.expire();
    }
  }

  @Override
  public void expire(String name) {
    hangsUntil = Instant.MIN;
    Entry entry = entries.get(name);
    if (entry != null) {
      entry.expire();
    }
  }

  /** 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > NAME_MAX) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ok =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.'
              || c == '-';
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  /** How many names are known, whatever is known of them. */
  int size() {
    return entries.size();
  }

  private Entry entry(String name) {
    if (entries.size() >= ENTRIES_MAX && !entries.containsKey(name)) {
      // Names come from the queue: those that lead nowhere must not pile up.
      entries.values().removeIf(Entry::holdsNothing);
    }
    return entries.computeIfAbsent(name, Entry::new);
  }

  /** What is known under one name. Reads happen under its lock: who comes meanwhile shares them. */
  private final class Entry {

    private final String name;
    private @Nullable Destination good;
    private Instant goodAt = Instant.MIN;
    private @Nullable Lookup answer;
    private Instant validUntil = Instant.MIN;
    private @Nullable Destination lastRefused;
    private Instant noReadAgainUntil = Instant.MIN;

    Entry(String name) {
      this.name = name;
    }

    synchronized Lookup find() {
      Lookup known = answer;
      return known != null && clock.instant().isBefore(validUntil) ? known : read();
    }

    synchronized Lookup readAgain(Destination refused) {
      boolean changedSince = good != null && !good.equals(refused);
      boolean justRead = refused.equals(lastRefused) && clock.instant().isBefore(noReadAgainUntil);
      if (answer != null && (changedSince || justRead)) {
        return answer;
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

    synchronized boolean holdsNothing() {
      return good == null;
    }

    private Lookup read() {
      Instant start = clock.instant();
      if (good != null && start.isBefore(hangsUntil)) {
        return unavailable(new Lookup.Unavailable(name, "its store hung"));
      }
      return switch (store.current(prefix + name)) {
        case SecretStore.Secret.Value(String text, _) -> {
          yield switch (reader.read(name, text)) {
            case DestinationReader.Reading.Valid(Destination destination) -> {
              good = destination;
              goodAt = clock.instant();
              yield keep(new Lookup.Found(destination, false), maxAge);
            }
            case DestinationReader.Reading.Invalid(@Nullable String field, String expected) ->
                misconfigured(new Lookup.Misconfigured(name, field, expected));
          };
        }
        case SecretStore.Secret.NotFound() -> {
          good = null;
          yield keep(new Lookup.Unknown(name), RETRY_PAUSE);
        }
        case SecretStore.Secret.Unavailable(String kind) -> {
          Instant end = clock.instant();
          if (!start.plus(HANGING).isAfter(end)) {
            hangsUntil = end.plus(RETRY_PAUSE);
          }
          yield unavailable(new Lookup.Unavailable(name, kind));
        }
      };
    }

    private Lookup misconfigured(Lookup.Misconfigured found) {
      Destination last = good;
      if (last == null) {
        return keep(found, RETRY_PAUSE);
      }
      good = last.withPrivacyMode(PrivacyMode.ON);
      trouble.accept(found);
      return keep(new Lookup.Found(good, true), RETRY_PAUSE);
    }

    private Lookup unavailable(Lookup.Unavailable found) {
      Destination last = good;
      if (last == null) {
        return keep(found, RETRY_PAUSE_WITHOUT_VALUE);
      }
      trouble.accept(found);
      return keep(new Lookup.Found(last, true), RETRY_PAUSE);
    }

    private Lookup keep(Lookup lookup, Duration age) {
      answer = lookup;
      validUntil = clock.instant().plus(age);
      return lookup;
    }
  }
}
