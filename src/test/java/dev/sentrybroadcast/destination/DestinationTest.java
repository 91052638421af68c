package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.Dsn;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DestinationTest {

  private static Destination destination(
      double rate, @Nullable Set<String> apiKeys, boolean enabled) {
    Dsn dsn = Dsn.parse("https://c0ffee00@o1.ingest.sentry.io/456");
    return new Destination(
        "default", dsn.otlpTracesEndpoint(), dsn, PrivacyMode.ON, false, rate, apiKeys, enabled);
  }

  @Test
  void admit_plainDestination_sends() {
    assertThat(destination(1, null, true).admit(null, "s")).isEqualTo(Admission.SEND);
    assertThat(destination(1, null, true).admit("any", "s")).isEqualTo(Admission.SEND);
  }

  @Test
  void admit_apiKeys_letsTheirRecordsThroughAlone() {
    Destination destination = destination(1, Set.of("checkout", "search"), true);

    assertThat(destination.admit("search", "s")).isEqualTo(Admission.SEND);
    assertThat(destination.admit("other", "s")).isEqualTo(Admission.FILTERED);
    assertThat(destination.admit("Search", "s")).isEqualTo(Admission.FILTERED);
    assertThat(destination.admit(null, "s")).isEqualTo(Admission.FILTERED);
  }

  @Test
  void admit_rateZero_samplesOutAfterTheFilter() {
    Destination destination = destination(0, Set.of("checkout"), true);

    assertThat(destination.admit("checkout", "s")).isEqualTo(Admission.SAMPLED_OUT);
    assertThat(destination.admit("other", "s")).isEqualTo(Admission.FILTERED);
  }

  @Test
  void admit_notEnabled_isDisabledWhateverElse() {
    assertThat(destination(0, Set.of("a"), false).admit(null, "s")).isEqualTo(Admission.DISABLED);
    assertThat(destination(1, null, false).admit("a", "s")).isEqualTo(Admission.DISABLED);
  }

  @Test
  void warnings_otherPath_namesSentrysOwn() {
    Destination destination =
        new Destination(
            "default",
            URI.create("https://relay.example/api/456/v1/traces"),
            Dsn.parse("https://c0ffee00@o1.ingest.sentry.io/456"),
            PrivacyMode.ON,
            false,
            1,
            null,
            true);

    assertThat(destination.warnings())
        .containsExactly(
            "the path is not Sentry's own, which is /api/456/integration/otlp/v1/traces");
  }

  @Test
  void toString_isTheNameAlone() {
    assertThat(destination(1, Set.of("a"), true)).hasToString("Destination[default]");
  }
}
