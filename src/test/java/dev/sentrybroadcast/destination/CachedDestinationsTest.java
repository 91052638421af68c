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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CachedDestinationsTest {

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
  void find_fresh_isReadOnceUntilItsAge() {
    store.put(SECRET, json("old"));
    assertThat(key(found())).isEqualTo("old");
    store.put(SECRET, json("new"));

    clock.pass(MAX_AGE.minusMillis(1));
    assertThat(key(found())).isEqualTo("old");
    assertThat(store.reads()).containsExactly(SECRET);

    clock.pass(Duration.ofMillis(1));
    assertThat(key(found())).isEqualTo("new");
    assertThat(found().stale()).isFalse();
    assertThat(store.readCount()).isEqualTo(2);
    assertThat(trouble).isEmpty();
  }

  @Test
  void age_found_growsUntilTheSecretIsReadWithSuccess() {
    assertThat(destinations.age("default")).isNull();
    store.put(SECRET, json("good"));
    found();
    clock.pass(Duration.ofMinutes(2));
    assertThat(destinations.age("default")).isEqualTo(Duration.ofMinutes(2));

    store.goDown("down");
    clock.pass(MAX_AGE);
    assertThat(found().stale()).isTrue();
    assertThat(destinations.age("default")).isEqualTo(Duration.ofMinutes(7));

    store.put(SECRET, json("better")).comeUp();
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(key(found())).isEqualTo("better");
    assertThat(destinations.age("default")).isZero();
  }

  @Test
  void find_storeDown_lastGoodServesStaleAndTheStoreIsNotHammered() {
    store.put(SECRET, json("good"));
    destinations.find("default");
    store.goDown("InternalServiceError");
    clock.pass(MAX_AGE);

    for (int i = 0; i < 100; i++) {
      assertThat(found().stale()).isTrue();
      assertThat(key(found())).isEqualTo("good");
    }
    assertThat(store.readCount()).isEqualTo(2);
    assertThat(trouble)
        .containsExactly(new Lookup.Unavailable<>("default", "InternalServiceError"));

    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(found().stale()).isTrue();
    assertThat(store.readCount()).isEqualTo(3);

    store.comeUp();
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(found().stale()).isFalse();
  }

  @Test
  void find_storeThatHangs_isWaitedForByOneOfThoseWithALastGoodValue() {
    List<String> names = List.of("a", "b", "c");
    for (String name : names) {
      store.put("sentry-broadcast/" + name, json("good"));
      destinations.find(name);
    }
    store.goDown("SocketTimeoutException");
    store.duringRead(() -> clock.pass(Duration.ofSeconds(6)));
    clock.pass(MAX_AGE);

    for (String name : names) {
      assertThat(key(destinations.find(name))).isEqualTo("good");
    }
    assertThat(store.readCount()).isEqualTo(4);
    assertThat(trouble)
        .containsExactly(
            new Lookup.Unavailable<>("a", "SocketTimeoutException"),
            new Lookup.Unavailable<>("b", "the store does not answer"),
            new Lookup.Unavailable<>("c", "the store does not answer"));
    // Without one there is nothing that could serve.
    assertThat(destinations.find("new")).isInstanceOf(Lookup.Unavailable.class);
    assertThat(store.readCount()).isEqualTo(5);

    store.comeUp();
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(destinations.find("b"))
        .isInstanceOfSatisfying(Lookup.Found.class, found -> assertThat(found.stale()).isFalse());
  }

  @Test
  void find_storeThatRefusesAtOnce_keepsNoOtherWaiting() {
    store.put("sentry-broadcast/a", json("good")).put("sentry-broadcast/b", json("good"));
    destinations.find("a");
    destinations.find("b");
    store.goDown("AccessDeniedException");
    clock.pass(MAX_AGE);
    destinations.find("a");
    store.put("sentry-broadcast/b", json("new")).comeUp();

    assertThat(key(destinations.find("b"))).isEqualTo("new");
  }

  @Test
  void find_storeDownForDays_lastGoodStillServes() {
    store.put(SECRET, json("good"));
    destinations.find("default");
    store.goDown("UnknownHostException");
    clock.pass(Duration.ofDays(3));

    assertThat(key(found())).isEqualTo("good");
  }

  @Test
  void find_firstReadFails_isUnavailableAndTriedAgainSoon() {
    store.put(SECRET, json("good"));
    store.goDown("AccessDeniedException");

    assertThat(destinations.find("default"))
        .isEqualTo(new Lookup.Unavailable<>("default", "AccessDeniedException"));
    destinations.find("default");
    assertThat(store.readCount()).isEqualTo(1);

    store.comeUp();
    clock.pass(CachedSecret.RETRY_PAUSE_WITHOUT_VALUE);
    assertThat(key(found())).isEqualTo("good");
    assertThat(trouble).isEmpty();
  }

  @Test
  void find_unknown_isRememberedOnlyBriefly() {
    assertThat(destinations.find("default")).isEqualTo(new Lookup.Unknown<>("default"));
    store.put(SECRET, json("good"));
    assertThat(destinations.find("default")).isEqualTo(new Lookup.Unknown<>("default"));
    assertThat(store.readCount()).isEqualTo(1);

    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(key(found())).isEqualTo("good");
  }

  @Test
  void find_secretDeleted_isUnknownAndItsLastGoodValueGone() {
    store.put(SECRET, json("good"));
    destinations.find("default");
    store.delete(SECRET);
    clock.pass(MAX_AGE);
    assertThat(destinations.find("default")).isEqualTo(new Lookup.Unknown<>("default"));

    store.goDown("InternalServiceError");
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(destinations.find("default")).isInstanceOf(Lookup.Unavailable.class);
  }

  @Test
  void find_misconfiguredFromTheStart_saysSo() {
    store.put(SECRET, json("key", ",\"issues\":1"));

    assertThat(destinations.find("default"))
        .isEqualTo(new Lookup.Misconfigured<>("default", "issues", "true or false"));

    store.put(SECRET, json("key"));
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(found().stale()).isFalse();
  }

  @Test
  void find_newValueNotUsable_lastGoodServesStaleAndPrivateAndIsReported() {
    store.put(SECRET, json("good", ",\"privacy_mode\":false"));
    assertThat(found().value().privacyMode()).isEqualTo(PrivacyMode.OFF);
    store.put(SECRET, json("good", ",\"privacy_mode\":\"true\""));
    clock.pass(MAX_AGE);

    assertThat(found().stale()).isTrue();
    assertThat(key(found())).isEqualTo("good");
    assertThat(found().value().privacyMode()).isEqualTo(PrivacyMode.ON);
    assertThat(trouble)
        .containsExactly(new Lookup.Misconfigured<>("default", "privacy_mode", "true or false"));

    store.goDown("InternalServiceError");
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(found().value().privacyMode()).isEqualTo(PrivacyMode.ON);

    store.comeUp();
    store.put(SECRET, json("good", ",\"privacy_mode\":false"));
    clock.pass(CachedSecret.RETRY_PAUSE);
    assertThat(found().stale()).isFalse();
    assertThat(found().value().privacyMode()).isEqualTo(PrivacyMode.OFF);
  }

  @Test
  void expire_afterARestore_readsFirst() {
    store.put(SECRET, json("old"));
    destinations.find("default");
    store.put(SECRET, json("new"));

    destinations.expire();

    assertThat(key(found())).isEqualTo("new");
  }

  @Test
  void expire_storeDown_lastGoodServesStale() {
    store.put(SECRET, json("good"));
    destinations.find("default");
    store.goDown("SdkClientException");

    destinations.expire();

    assertThat(found().stale()).isTrue();
    assertThat(key(found())).isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "../other",
        "a/b",
        "/default",
        "default/",
        "default ",
        "de\nfault",
        "défault",
        "a:b",
        "arn:aws:secretsmanager:us-east-1:1:secret:x",
        "a+b",
        "a@b",
        "0123456789012345678901234567890123456789012345678901234567890123456",
      })
  void find_nameThatIsNone_isUnknownWithoutARead(String name) {
    assertThat(destinations.find(name))
        .isEqualTo(new Lookup.Unknown<>("(not a destination's name)"));
    assertThat(store.reads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "team-a_1.prod", ".."})
  void find_oddButHarmlessName_staysUnderThePrefix(String name) {
    destinations.find(name);

    assertThat(store.reads()).containsExactly("sentry-broadcast/" + name);
  }

  @Test
  void find_manyUnknownNames_keepTheGoodOne() {
    store.put(SECRET, json("good"));
    destinations.find("default");
    for (int i = 0; i < 5_000; i++) {
      destinations.find("nowhere-" + i);
    }
    int reads = store.readCount();

    assertThat(key(found())).isEqualTo("good");
    assertThat(store.readCount()).isEqualTo(reads);
    assertThat(destinations.size()).isLessThanOrEqualTo(512);
  }
}
