package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class RegionalEndpointTest {

  static List<Region> regions() {
    return Region.regions().stream().filter(region -> !region.isGlobalRegion()).toList();
  }

  @ParameterizedTest
  @MethodSource("regions")
  void of_eachRegion_isWhatTheSdksClientCalls(Region region) {
    URI sdks = SecretsManagerClient.serviceMetadata().endpointFor(region);

    assertThat(RegionalEndpoint.of("secretsmanager", region.id())).hasToString("https://" + sdks);
  }
}
