package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.destination.Destinations.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cached value of one secret. Reads hold its lock, so that concurrent callers share them.
 *
 * <ul>
 *   <li>The store does not answer: the last good value serves. After one read that took long, other
 *       secrets with a last good value do not wait for the store for a while.
 *   <li>The secret is deleted: its last good value is dropped at once.
 *   <li>Its new value is unusable: the last good value serves, made safe.
 * </ul>
 */
final class CachedSecret<T> {

  /** Between reads while the last good value serves, or there is no usable secret. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  /** Shorter: while there is no value, each invocation costs its messages a receive. */
  static final Duration RETRY_PAUSE_WITHOUT_VALUE = Duration.ofSeconds(1);

  /**
   * Between two reads because Sentry refused the same value. Shorter than any visibility timeout,
   * so that the next receive sees a new secret.
   */
  static final Duration READ_AGAIN_PAUSE = Duration.ofSeconds(2);

  /** A failed read that took this long counts as hanging. */
  private static final Duration HANGING = Duration.ofSeconds(1);

  private final String name;
  private final Source<T> source;
  private @Nullable T good;
  private Instant goodAt = Instant.MIN;
  private @Nullable Lookup<T> cached;
  private Instant validUntil = Instant.MIN;
  private @Nullable T lastRefused;
  private Instant noReadAgainUntil = Instant.MIN;

  /**
   * Reads nothing yet.
   *
   * @param name for look-ups, without the prefix
   */
  CachedSecret(String name, Source<T> source) {
    this.name = name;
    this.source = source;
  }

  /**
   * What all secrets of one store have in common.
   *
   * @param failedReads is told of each failed read while the last good value serves
   * @param hangsUntil until when the store counts as hanging
   */
  record Store(
      SecretStore secrets,
      String prefix,
      Duration maxAge,
      InstantSource clock,
      Consumer<? super Lookup<?>> failedReads,
      AtomicReference<Instant> hangsUntil) {}

  /** Makes a value of a secret's text. */
  interface Parser<T> {
    T parse(String name, String text) throws InvalidJsonException;
  }

  /**
   * Where a value comes from.
   *
   * @param safe what serves of the last good value while the secret's own cannot be used
   * @param absent the value where there is no such secret; null where that is a failure
   */
  record Source<T>(Store store, Parser<T> parser, UnaryOperator<T> safe, @Nullable T absent) {}

  synchronized Lookup<T> find() {
    Lookup<T> known = cached;
    return known != null && now().isBefore(validUntil) ? known : read();
  }

  synchronized Lookup<T> readAgain(T refused) {
    boolean changedSince = good != null && !good.equals(refused);
    boolean justRead = refused.equals(lastRefused) && now().isBefore(noReadAgainUntil);
    if (cached != null && (changedSince || justRead)) {
      return cached;
    }
    Lookup<T> read = read();
    lastRefused = refused;
    noReadAgainUntil = now().plus(READ_AGAIN_PAUSE);
    return read;
  }

  synchronized void expire() {
    validUntil = Instant.MIN;
    noReadAgainUntil = Instant.MIN;
  }

  synchronized @Nullable Duration age() {
    return good == null ? null : Duration.between(goodAt, now());
  }

  synchronized boolean hasNoGoodValue() {
    return good == null;
  }

  private Instant now() {
    return source.store.clock.instant();
  }

  private Lookup<T> read() {
    Store store = source.store;
    Instant start = now();
    if (good != null && start.isBefore(store.hangsUntil.get())) {
      return failed(new Lookup.Unavailable<>(name, "the store does not answer"));
    }
    return switch (store.secrets.current(store.prefix + name)) {
      case SecretStore.Secret.Value(String text, _) -> {
        try {
          yield usable(source.parser.parse(name, text));
        } catch (InvalidJsonException e) {
          yield failed(new Lookup.Misconfigured<>(name, e.field, e.expected));
        }
      }
      case SecretStore.Secret.NotFound() -> {
        T absent = source.absent;
        if (absent != null) {
          yield usable(absent);
        }
        good = null;
        yield keep(new Lookup.Unknown<>(name), RETRY_PAUSE);
      }
      case SecretStore.Secret.Unavailable(String kind) -> {
        Instant end = now();
        if (!start.plus(HANGING).isAfter(end)) {
          store.hangsUntil.set(end.plus(RETRY_PAUSE));
        }
        yield failed(new Lookup.Unavailable<>(name, kind));
      }
    };
  }

  private Lookup<T> usable(T value) {
    good = value;
    goodAt = now();
    return keep(new Lookup.Found<>(value, false), source.store.maxAge);
  }

  private Lookup<T> failed(Lookup<T> failure) {
    boolean misconfigured = failure instanceof Lookup.Misconfigured<T>;
    T last = good;
    if (last == null) {
      return keep(failure, misconfigured ? RETRY_PAUSE : RETRY_PAUSE_WITHOUT_VALUE);
    }
    T serving = misconfigured ? source.safe.apply(last) : last;
    good = serving;
    source.store.failedReads.accept(failure);
    return keep(new Lookup.Found<>(serving, true), RETRY_PAUSE);
  }

  private Lookup<T> keep(Lookup<T> result, Duration age) {
    cached = result;
    validUntil = now().plus(age);
    return result;
  }
}
