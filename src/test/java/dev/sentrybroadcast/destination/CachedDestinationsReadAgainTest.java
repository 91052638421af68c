package dev.sentrybroadcast.destination;

import static dev.sentrybroadcast.destination.SecretJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CachedDestinationsReadAgainTest {

  private static final String SECRET = "sentry-broadcast/default";
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final FakeClock clock = new FakeClock();
  private final FakeSecretStore store = new FakeSecretStore();
  private final List<Lookup<?>> trouble = new ArrayList<>();
  private final CachedDestinations destinations =
      new CachedDestinations(
          store,
          "sentry-broadcast/",
          new DestinationReader(AllowedHosts.parse("*.sentry.io")),
          MAX_AGE,
          clock,
          trouble::add);

  private Lookup.Found<Destination> found() {
    return (Lookup.Found<Destination>) destinations.find("default");
  }

  private static String key(Lookup<Destination> lookup) {
    return ((Lookup.Found<Destination>) lookup).value().dsn().publicKey();
  }

  @Test
  void readAgain_secretChanged_givesTheNewOneAtOnce() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();
    store.put(SECRET, json("new"));

    assertThat(key(destinations.readAgain(refused))).isEqualTo("new");
    assertThat(key(found())).isEqualTo("new");
    assertThat(store.readCount()).isEqualTo(2);
  }

  @Test
  void readAgain_alreadyChanged_readsNothing() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();
    store.put(SECRET, json("new"));
    destinations.readAgain(refused);

    assertThat(key(destinations.readAgain(refused))).isEqualTo("new");
    assertThat(store.readCount()).isEqualTo(2);
  }

  @Test
  void readAgain_unchanged_isTheSameAndReadOnceInAWhile() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();

    for (int i = 0; i < 10; i++) {
      assertThat(destinations.readAgain(refused)).isEqualTo(new Lookup.Found<>(refused, false));
    }
    assertThat(store.readCount()).isEqualTo(2);

    store.put(SECRET, json("new"));
    clock.pass(CachedSecret.READ_AGAIN_PAUSE);
    assertThat(key(destinations.readAgain(refused))).isEqualTo("new");
    assertThat(store.readCount()).isEqualTo(3);
  }

  @Test
  void readAgain_newOneRefusedToo_readsForThatOne() {
    store.put(SECRET, json("first"));
    Destination first = found().value();
    store.put(SECRET, json("second"));
    Destination second = ((Lookup.Found<Destination>) destinations.readAgain(first)).value();
    store.put(SECRET, json("third"));

    assertThat(key(destinations.readAgain(second))).isEqualTo("third");
  }

  @Test
  void readAgain_storeDown_isTheRefusedOneStale() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();
    store.goDown("InternalServiceError");

    assertThat(destinations.readAgain(refused)).isEqualTo(new Lookup.Found<>(refused, true));
  }

  @Test
  void readAgain_secretDeleted_isUnknown() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();
    store.delete(SECRET);

    assertThat(destinations.readAgain(refused)).isEqualTo(new Lookup.Unknown<>("default"));
  }

  @Test
  void readAgain_newValueNotUsable_isTheRefusedOneStaleAndPrivate() {
    store.put(SECRET, json("old", ",\"privacy_mode\":false"));
    Destination refused = found().value();
    store.put(SECRET, json("new", ",\"privacy_mode\":1"));

    assertThat(destinations.readAgain(refused))
        .isEqualTo(new Lookup.Found<>(refused.withPrivacyMode(PrivacyMode.ON), true));
    assertThat(trouble)
        .containsExactly(new Lookup.Misconfigured<>("default", "privacy_mode", "true or false"));
  }

  @Test
  void readAgain_afterARestore_doesNotWaitForThePause() {
    store.put(SECRET, json("old"));
    Destination refused = found().value();
    destinations.readAgain(refused);
    store.put(SECRET, json("new"));

    destinations.expire();

    assertThat(key(destinations.readAgain(refused))).isEqualTo("new");
  }
}
