package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.SentryStandIn;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client that delivers spans connects to the addresses that were checked, and to no others. */
final class AllowedAddressesTest {

  private final SentryStandIn inner = SentryStandIn.start();
  private final AtomicInteger lookups = new AtomicInteger();

  @AfterEach
  void stop() {
    inner.close();
  }

  private List<InetAddress> loopback(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
  }

  private HttpResult post(String hosts, String uri) {
    try (SentryHttpClient client =
        new SentryHttpClient(
            this::loopback, AllowedHosts.parse(hosts.replace("T", port())), null)) {
      return client.post(
          URI.create(uri.replace("T", port())), Map.of(), new byte[0], Duration.ofSeconds(5));
    }
  }

  private String port() {
    return Integer.toString(inner.port());
  }

  @ParameterizedTest
  @CsvSource({
    "*.test, https://sentry.test/",
    "http://other.test:T, http://sentry.test:T/",
    "http://sentry.test:1, http://sentry.test:T/",
    "sentry.test;http://sentry.test:T, https://sentry.test/",
  })
  void post_privateAddressThatIsNotListed_connectsNowhere(String hosts, String uri) {
    assertThat(post(hosts.replace(';', ','), uri))
        .isEqualTo(new HttpResult.NoResponse(HttpResult.Cause.REFUSED_ADDRESS));
    assertThat(inner.attempts()).isZero();
  }

  @Test
  void post_privateAddressThatIsListed_isLookedUpOnce() {
    assertThat(post("http://sentry.test:T", "http://sentry.test:T/"))
        .isInstanceOf(HttpResult.Response.class);
    assertThat(lookups).hasValue(1);
    assertThat(inner.attempts()).isEqualTo(1);
  }
}
