package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "34.120.195.249",
        "8.8.8.8",
        "2600:1901:0:7947::",
        "64:ff9b::808:808",
        "172.32.0.1"
      })
  void permits_publicAddress_always(String address) {
    assertThat(AddressPolicy.PUBLIC.permits(InetAddress.ofLiteral(address))).isTrue();
    assertThat(AddressPolicy.ANY.permits(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "::1", "fd00::1", "169.254.169.254"})
  void permits_privateAddress_onlyByAny(String address) {
    assertThat(AddressPolicy.PUBLIC.permits(InetAddress.ofLiteral(address))).isFalse();
    assertThat(AddressPolicy.ANY.permits(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1"})
  void permits_noAddressOfOneHost_never(String address) {
    assertThat(AddressPolicy.ANY.permits(InetAddress.ofLiteral(address))).isFalse();
  }
}
