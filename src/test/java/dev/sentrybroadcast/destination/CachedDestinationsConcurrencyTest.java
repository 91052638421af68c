package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CachedDestinationsConcurrencyTest {

  private static final int THREADS = 8;

  private final FakeClock clock = new FakeClock();
  private final FakeSecretStore store = new FakeSecretStore();
  private final CachedDestinations destinations =
      new CachedDestinations(
          store,
          "p/",
          new DestinationReader(AllowedHosts.parse("*.sentry.io")),
          Duration.ofMinutes(5),
          clock,
          _ -> {});

  /** Runs it on all threads at once and gives all results. */
  private static List<Lookup<Destination>> together(Callable<Lookup<Destination>> call)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Lookup<Destination>>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(() -> {
        start.await();
        return call.call();
      });
    }
    List<Lookup<Destination>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Lookup<Destination>> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private static String key(Lookup<Destination> lookup) {
    return ((Lookup.Found<Destination>) lookup).value().dsn().publicKey();
  }

  @RepeatedTest(20)
  void find_coldFromManyThreads_readsOnce() throws Exception {
    store.put("p/default", SecretJson.json("key"));

    List<Lookup<Destination>> results = together(() -> destinations.find("default"));

    assertThat(results).allSatisfy(result -> assertThat(key(result)).isEqualTo("key"));
    assertThat(store.readCount()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void readAgain_refusedOnManyThreads_readsOnceAndAllGetTheNewOne() throws Exception {
    store.put("p/default", SecretJson.json("old"));
    Destination refused = ((Lookup.Found<Destination>) destinations.find("default")).value();
    store.put("p/default", SecretJson.json("new"));

    List<Lookup<Destination>> results = together(() -> destinations.readAgain(refused));

    assertThat(results).allSatisfy(result -> assertThat(key(result)).isEqualTo("new"));
    assertThat(store.readCount()).isEqualTo(2);
  }

  @RepeatedTest(20)
  void readAgain_unchangedOnManyThreads_readsOnce() throws Exception {
    store.put("p/default", SecretJson.json("old"));
    Destination refused = ((Lookup.Found<Destination>) destinations.find("default")).value();

    List<Lookup<Destination>> results = together(() -> destinations.readAgain(refused));

    assertThat(results).containsOnly(new Lookup.Found<>(refused, false));
    assertThat(store.readCount()).isEqualTo(2);
  }

  @Test
  void find_whileAnotherNameIsBeingRead_doesNotWaitForIt() throws Exception {
    store.put("p/quick", SecretJson.json("quick"));
    destinations.find("quick");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.duringRead(() -> {
      reading.countDown();
      awaitQuietly(goOn);
    });
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Lookup<Destination>> slow = threads.submit(() -> destinations.find("slow"));
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(key(destinations.find("quick"))).isEqualTo("quick");

      goOn.countDown();
      assertThat(slow.get()).isInstanceOf(Lookup.Unknown.class);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
