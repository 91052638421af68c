package dev.sentrybroadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.Canaries.Canary;
import dev.sentrybroadcast.Canaries.Planted;
import dev.sentrybroadcast.Canaries.Planting;
import dev.sentrybroadcast.PrivacyIT.Way;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The proof of redaction: a value of every kind in every content field of every dialect, and none
 * is found in any byte that left the process, on any path. That it would be found, {@link
 * #withoutRedaction_valuesAreFound} shows.
 */
final class RedactionIT {

  private static final String ALL = ", \"redaction\": true";

  /** A value of each kind in each field. */
  private static final Planting VALUES =
      (dialect, field, index) -> {
        int number = Math.floorMod(dialect.hashCode(), 6_000) * 100 + index;
        Map<String, String> tokens = new LinkedHashMap<>();
        RedactionCanaries.values(number)
            .forEach((kind, value) -> tokens.put(field + ": " + kind.id(), value));
        return new Planted(RedactionCanaries.text(number), tokens);
      };

  @ParameterizedTest
  @EnumSource(
      names = {
        "SUCCESS",
        "FAILED_GENERATION",
        "THROTTLED",
        "KEY_REJECTED",
        "REQUEST_REJECTED",
        "TOO_LARGE",
        "SENTRY_DOWN",
        "GARBAGE",
        "UNKNOWN_DESTINATION",
        "TRUNCATED"
      })
  void redaction_noValueLeaves(Way way) {
    List<Canary> canaries = canaries(way);

    Map<String, byte[]> outputs = PrivacyIT.outputs(way, way.settings(), false, ALL, canaries);

    PrivacyIT.assertNothingFound(canaries, outputs);
  }

  @Test
  void forcedRedaction_noValueLeaves() {
    List<Canary> canaries = canaries(Way.FAILED_GENERATION);
    Map<String, String> settings = new HashMap<>(Way.FAILED_GENERATION.settings());
    settings.put("FORCE_REDACTION", "true");

    Map<String, byte[]> outputs =
        PrivacyIT.outputs(
            Way.FAILED_GENERATION,
            settings,
            false,
            ", \"redaction\": {\"kinds\": [\"ip\"]}",
            canaries);

    PrivacyIT.assertNothingFound(canaries, outputs);
  }

  @Test
  void malformed_noValueLeaves() {
    List<Canary> canaries = Canaries.malformed(VALUES);

    PrivacyIT.assertNothingFound(
        canaries, PrivacyIT.outputs(Way.SUCCESS, Map.of(), false, ALL, canaries));
  }

  /** The words around a value leave, with a replacement for each kind. */
  @Test
  void redaction_restOfTheContentLeaves() {
    List<Canary> canaries = canaries(Way.FAILED_GENERATION);
    Map<String, byte[]> outputs =
        PrivacyIT.outputs(Way.FAILED_GENERATION, Map.of(), false, ALL, canaries);
    String spans = new String(outputs.getOrDefault("OTLP", new byte[0]), ISO_8859_1);
    String events = new String(outputs.getOrDefault("envelopes", new byte[0]), ISO_8859_1);
    String log = new String(outputs.getOrDefault("log", new byte[0]), ISO_8859_1);

    for (Kind kind : Redaction.ALL.kinds()) {
      assertThat(spans).contains("[" + kind.id() + "]", "broadcast.redacted." + kind.id());
      assertThat(events).contains("[" + kind.id() + "]");
    }
    assertThat(spans).contains("said [email], call [phone], card [card]");
    assertThat(log).containsPattern("\"Redacted\":[1-9][0-9]{2,}");
  }

  @Test
  void withoutRedaction_valuesAreFound() {
    List<Canary> canaries = canaries(Way.FAILED_GENERATION);
    Map<String, byte[]> outputs =
        PrivacyIT.outputs(Way.FAILED_GENERATION, Map.of(), false, "", canaries);
    byte[] spans = outputs.getOrDefault("OTLP", new byte[0]);

    int found = 0;
    for (Canary canary : canaries) {
      List<String> expected =
          canary.tokens().keySet().stream()
              .filter(
                  name -> !canary.neverSent().contains(name.substring(0, name.lastIndexOf(": "))))
              .map(name -> canary.dialect() + ": " + name)
              .toList();
      assertThat(canary.fieldsIn(spans)).as("values sent").containsAll(expected);
      found += expected.size();
    }
    assertThat(found).isGreaterThan(500);
  }

  private static List<Canary> canaries(Way way) {
    List<Canary> canaries = new ArrayList<>(Canaries.all(way.fields, way.failed, VALUES));
    canaries.addAll(Canaries.ofProducers(VALUES));
    return canaries;
  }
}
