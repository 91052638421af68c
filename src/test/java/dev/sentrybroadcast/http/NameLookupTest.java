package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class NameLookupTest {

  private static InetAddress[] of(NameResolver resolver, Duration time) throws Exception {
    return NameLookup.of(resolver, "far.test", TimeLimit.in(time, System::nanoTime));
  }

  @Test
  void of_resolvedName_isItsAddresses() throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();

    assertThat(of(_ -> new InetAddress[] {address}, Duration.ofSeconds(20)))
        .containsExactly(address);
  }

  @Test
  void of_noAddress_isUnknown() {
    assertThatThrownBy(() -> of(_ -> new InetAddress[0], Duration.ofSeconds(20)))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void of_silentNameService_endsInTime() {
    CountDownLatch end = new CountDownLatch(1);
    assertThatThrownBy(() ->
            of(
                host -> {
                  try {
                    end.await();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  throw new UnknownHostException(host);
                },
                Duration.ofMillis(50)))
        .isInstanceOf(SocketTimeoutException.class);
    end.countDown();
  }

  @Test
  void of_bugInTheResolver_isThrown() {
    assertThatThrownBy(() ->
            of(
                _ -> {
                  throw new IllegalStateException("bug");
                },
                Duration.ofSeconds(20)))
        .isInstanceOf(IllegalStateException.class);
  }
}
