package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.Dsn;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class DestinationTest {

  @Test
  void warnings_otherPath_namesSentrysOwn() {
    Destination destination =
        new Destination(
            "default",
            URI.create("https://relay.example/api/456/v1/traces"),
            Dsn.parse("https://c0ffee00@o1.ingest.sentry.io/456"),
            PrivacyMode.ON,
            false,
            Redaction.NONE,
            RecordRules.ALL);

    assertThat(destination.warnings())
        .containsExactly(
            "the path is not Sentry's own, which is /api/456/integration/otlp/v1/traces");
  }

  @Test
  void toString_isTheNameAlone() {
    Dsn dsn = Dsn.parse("https://c0ffee00@o1.ingest.sentry.io/456");

    assertThat(
            new Destination(
                "default",
                dsn.otlpTracesEndpoint(),
                dsn,
                PrivacyMode.ON,
                false,
                Redaction.NONE,
                RecordRules.ALL))
        .hasToString("Destination[default]");
  }
}
