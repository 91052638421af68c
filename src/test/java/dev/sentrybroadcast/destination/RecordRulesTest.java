package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.RecordRules.Admission.Left;
import dev.sentrybroadcast.destination.Sampling.Reason;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The order and the reasons of a destination's decisions. */
final class RecordRulesTest {

  private static final String KEEP =
      """
      "keep": {"errors": true, "latency_ms": 20000, "cost": 0.5, "tokens": 100000,
       "finish_reasons": ["length", "content_filter"],
       "rules": [{"field": "user_id", "operator": "equals", "value": "alice"},
                 {"field": "trace.metadata.vip", "operator": "exists"}]}
      """;

  private static RecordRules rules(String more) {
    String json = SecretJson.json("c0ffee00", "," + more);
    return Reading.valid("default", json, AllowedHosts.parse("*.sentry.io")).rules();
  }

  private static Admission admit(RecordRules rules, Generation generation, @Nullable String by) {
    String session = generation.caller().sessionId();
    return rules.admit(
        new RecordValues(generation, Contents.TEXTS),
        by,
        session == null ? generation.id() : session);
  }

  private static Admission admit(RecordRules rules, Generation generation) {
    return admit(rules, generation, null);
  }

  private static GenerationBuilder plain() {
    return Generations.of("r").session("s");
  }

  private static Generation fromKey(@Nullable String name) {
    return Generations.of("r").caller(new Caller(null, "s", name, null)).build();
  }

  static Stream<Arguments> kept() {
    return Stream.of(
        Arguments.of(Reason.ERROR, plain().failure(new Failure("x", 500, null))),
        Arguments.of(Reason.LATENCY, plain().timing(new Timing(0, 20_000_000_001L, null))),
        Arguments.of(Reason.COST, plain().cost(new Cost(0.51, null, null, null, null, null))),
        Arguments.of(Reason.TOKENS, plain().usage(new Usage(100_000L, 1L, null, null, null, null))),
        Arguments.of(
            Reason.FINISH_REASON,
            plain().outcome(new Outcome(null, List.of("stop", "length"), null, null, false, null))),
        Arguments.of(Reason.RULE, plain().caller(new Caller("alice", "s", null, null))),
        Arguments.of(Reason.RULE, plain().metadata("vip", new Scalar.Flag(false))));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void admit_recordThatKeepNames_isSentWhateverTheRate(Reason reason, GenerationBuilder record) {
    assertThat(admit(rules("\"sampling_rate\": 0," + KEEP), record.build()))
        .isEqualTo(new Admission.Send(new Sampling(reason, 0)));
    // Not by the rate: it would stand for 1/rate records.
    assertThat(admit(rules("\"sampling_rate\": 1," + KEEP), record.build()))
        .isEqualTo(new Admission.Send(new Sampling(reason, 1)));
    assertThat(admit(rules("\"sampling_rate\": 0"), record.build())).isEqualTo(Left.SAMPLED_OUT);
    assertThat(admit(rules("\"sampling_rate\": 0, \"keep\": {}"), record.build()))
        .isEqualTo(Left.SAMPLED_OUT);
  }

  @Test
  void admit_recordAtTheLimits_isNotKept() {
    Generation limits =
        plain()
            .timing(new Timing(0, 20_000_000_000L, null))
            .cost(new Cost(0.5, null, null, null, null, null))
            .usage(new Usage(null, null, 100_000L, null, null, null))
            .build();

    assertThat(admit(rules("\"sampling_rate\": 0," + KEEP), limits)).isEqualTo(Left.SAMPLED_OUT);
  }

  @Test
  void admit_severalParts_theFirstIsTheReason() {
    Generation record =
        plain()
            .failure(new Failure("x", 500, null))
            .cost(new Cost(9.0, null, null, null, null, null))
            .build();

    assertThat(admit(rules("\"sampling_rate\": 0.5," + KEEP), record))
        .isEqualTo(new Admission.Send(new Sampling(Reason.ERROR, 0.5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"enabled\": false'                            | DISABLED",
        "'\"enabled\": true'                             | PRODUCER_NOT_ALLOWED",
        "'\"producers\": null'                           | FILTERED",
        "'\"producers\": null, \"filter\": null'         | FILTERED",
      })
  void admit_severalReasonsAgainst_theFirstOfTheOrderCounts(String more, Left expected) {
    Map<String, String> fields = new HashMap<>();
    fields.put("\"producers\"", "{\"api_keys\": [\"a\"]}");
    fields.put(
        "\"filter\"",
        "{\"groups\": [{\"rules\": [{\"field\": \"model\", \"operator\": \"not_exists\"}]}]}");
    fields.put("\"api_keys\"", "[\"b\"]");
    StringBuilder json = new StringBuilder("\"sampling_rate\": 0," + more);
    fields.forEach((name, value) -> {
      if (!more.contains(name)) {
        json.append(",").append(name).append(":").append(value);
      }
    });

    assertThat(admit(rules(json.toString()), plain().build())).isEqualTo(expected);
  }

  @Test
  void admit_apiKeys_letsTheirRecordsThroughAlone() {
    RecordRules rules = rules("\"api_keys\": [\"checkout\", \"search\"]");

    assertThat(admit(rules, fromKey("search"))).isInstanceOf(Admission.Send.class);
    assertThat(admit(rules, fromKey("other"))).isEqualTo(Left.FILTERED);
    assertThat(admit(rules, fromKey("Search"))).isEqualTo(Left.FILTERED);
    assertThat(admit(rules, fromKey(null))).isEqualTo(Left.FILTERED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "AIDAALICE, checkout, true",
        "AIDABOB,   checkout, false",
        "-,         checkout, false",
        "AIDAALICE, search,   false",
        "AIDAALICE, -,        false",
        "AROAROLE:session-1, checkout, true",
        "AROAROLE:session-2, checkout, true",
        "AROAROLE,           checkout, true",
        "AROAONE:here,       checkout, true",
        "AROAONE:there,      checkout, false",
        "AROAROLEX:session,  checkout, false",
      })
  void admit_producers_mustBeOfBothLists(
      @Nullable String senderId, @Nullable String key, boolean allowed) {
    RecordRules rules =
        rules(
            "\"producers\": {\"sender_ids\": [\"AIDAALICE\", \"AROAROLE\", \"AROAONE:here\"],"
                + " \"api_keys\": [\"checkout\"]}");

    assertThat(admit(rules, fromKey(key), senderId) instanceof Admission.Send).isEqualTo(allowed);
    assertThat(admit(rules, fromKey(key), senderId) == Left.PRODUCER_NOT_ALLOWED)
        .isEqualTo(!allowed);
  }

  /** The sessions of three destinations, each record decided on three times, in another order. */
  @Test
  void admit_sameRecord_isDecidedAlikeEverywhereAndAlways() {
    List<RecordRules> destinations =
        List.of(
            rules("\"sampling_rate\": 0.3," + KEEP),
            rules("\"sampling_rate\": 0.3, \"filter\": {\"groups\": []}," + KEEP),
            rules("\"sampling_rate\": 0.6," + KEEP));
    Map<String, Admission> decided = new HashMap<>();
    int byRate = 0;
    for (int round = 0; round < 3; round++) {
      List<Integer> order = new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(3_000).toList());
      if (round > 0) {
        java.util.Collections.shuffle(order, new java.util.Random(round));
      }
      for (int i : order) {
        Generation record =
            Generations.of("r" + i)
                .session("s" + i / 3)
                .cost(new Cost(i % 50 == 0 ? 1.0 : 0.0, null, null, null, null, null))
                .build();
        Admission first = admit(destinations.get(0), record);
        assertThat(admit(destinations.get(1), record)).isEqualTo(first);
        assertThat(decided.computeIfAbsent(record.id(), _ -> first)).isEqualTo(first);
        if (first instanceof Admission.Send) {
          assertThat(admit(destinations.get(2), record)).isInstanceOf(Admission.Send.class);
        }
        if (first instanceof Admission.Send(Sampling sampling)) {
          assertThat(sampling.reason()).isEqualTo(i % 50 == 0 ? Reason.COST : Reason.RATE);
          byRate += sampling.reason() == Reason.RATE ? 1 : 0;
        }
      }
    }
    assertThat(byRate / 3).isBetween(750, 1_050);
  }

  @Test
  void explain_eachRule_saysWhetherItMatches() {
    RecordRules rules =
        rules(
            """
            "api_keys": ["a", "b"],
            "filter": {"groups": [{"rules": [
              {"field": "model", "operator": "exists"},
              {"field": "model", "operator": "equals", "value": "x"}]}]},
            "keep": {"cost": 1, "rules": [{"field": "api_key_name", "operator": "exists"}]}
            """);

    assertThat(rules.explain(new RecordValues(fromKey("b"), Contents.NONE)))
        .containsExactly(
            Map.entry("api_keys", true),
            Map.entry("filter.groups[0].rules[0]", true),
            Map.entry("filter.groups[0].rules[1]", false),
            Map.entry("keep.cost", false),
            Map.entry("keep.rules[0]", true));
  }
}
