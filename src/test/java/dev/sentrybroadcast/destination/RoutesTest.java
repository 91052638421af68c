package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoutesTest {

  private static final List<String> DEFAULTS = List.of("default", "audit", "default");

  private static Generation to(String... destinations) {
    return new Generation(
        "gen-1",
        new Routing(List.of(destinations), PrivacyMode.OFF),
        ApiType.CHAT,
        new Model(null, "m", null),
        new Timing(0, 1, null),
        new Caller(null, null, null, null),
        Trace.NONE,
        RequestParameters.NONE,
        new Outcome(null, List.of(), null, null, false, null),
        Usage.NONE,
        Cost.NONE,
        Exchange.NONE,
        List.of(),
        List.of(),
        Corrections.NONE);
  }

  @Test
  void of_recordWithoutNames_goesToTheDefaults() {
    assertThat(Routes.of(to(), DEFAULTS)).containsExactly("default", "audit");
  }

  @Test
  void of_recordWithNames_goesThereAlone() {
    assertThat(Routes.of(to("b", "a", "b"), DEFAULTS)).containsExactly("b", "a");
    assertThat(Routes.of(to("no-such"), DEFAULTS)).containsExactly("no-such");
  }
}
