package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.RecordRules.Admission.Left;
import dev.sentrybroadcast.destination.Sampling.Reason;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edges of docs/choosing.md: blank, of several types, of other scripts, in sums. */
final class RuleEdgesTest {

  private static final AllowedHosts HOSTS = AllowedHosts.parse("*.sentry.io");

  private static final Generation RECORD =
      Generations.of("r")
          .model("Straße", "日本/モデル-5", "answered")
          .caller(new Caller("00123", "  ", null, null))
          .environment("Üretim")
          .metadata("blank", new Scalar.Text("  "))
          .metadata("flag", new Scalar.Flag(false))
          .metadata("a.b.c", new Scalar.Text("deep"))
          .metadata("big", new Scalar.Whole(9_007_199_254_740_993L))
          .metadata("sum", new Scalar.Decimal(0.1 + 0.2))
          .metadata("digits", new Scalar.Text("1e3"))
          .metadata("tags", new Scalar.Text("[\"beta\",7,null,true,\"\",[\"x\"]]"))
          .metadata("tag", new Scalar.Text(" "))
          .timing(new Timing(0, 1_500_000, null))
          .outcome(new Outcome(null, List.of("tool_calls", " "), null, null, false, null))
          .usage(new Usage(3L, null, null, null, null, null))
          .cost(new Cost(null, 0.1, 0.2, null, null, null))
          .exchange(
              new Exchange(
                  Content.of(List.of(Generations.user("first line"), Generations.user("second"))),
                  null,
                  null,
                  null,
                  null))
          .build();

  private static RecordRules rules(String more) {
    return Reading.valid("default", SecretJson.json("c0ffee00", "," + more), HOSTS).rules();
  }

  private static boolean matches(Generation record, String rule) {
    return rules("\"filter\": {\"groups\": [{\"rules\": [" + rule + "]}]}")
        .filter()
        .matches(new RecordValues(record, Contents.TEXTS));
  }

  private static String rule(String field, String operator, String value) {
    return "{\"field\": \"%s\", \"operator\": \"%s\", \"value\": %s}"
        .formatted(field, operator, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Blank is absent, wherever it stands.
        "trace.metadata.blank | exists     | \"\"    | false",
        "trace.metadata.blank | not_exists | null    | true",
        "trace.metadata.blank | not_equals | \"x\"   | true",
        "trace.metadata.blank | lt         | \"x\"   | false",
        "session_id           | exists     | \"x\"   | false",
        "trace.metadata.none  | regex      | \".*\"  | false",
        "trace.metadata.none  | not_contains | \"x\" | true",
        // Flags, as texts or as they are.
        "trace.metadata.flag | equals     | false     | true",
        "trace.metadata.flag | equals     | \"false\" | true",
        "trace.metadata.flag | equals     | true      | false",
        "trace.metadata.flag | not_equals | true      | true",
        "trace.metadata.flag | equals     | \"False\" | false",
        "trace.metadata.flag | equals     | 0         | false",
        "trace.metadata.flag | not_equals | 0         | true",
        // Keys with dots.
        "trace.metadata.a.b.c | equals | \"deep\" | true",
        "trace.metadata.a.b   | exists | \"\"     | false",
        // Numbers and texts.
        "trace.metadata.big    | equals | 9007199254740993     | true",
        "trace.metadata.big    | equals | 9007199254740992     | false",
        "trace.metadata.big    | gt     | \"9007199254740992\" | true",
        "trace.metadata.digits | equals | 1000     | true",
        "trace.metadata.digits | equals | \"1000\" | false",
        "trace.metadata.sum    | equals | 0.3      | true",
        "trace.metadata.sum    | equals | 0.30000000000000004 | true",
        "trace.metadata.sum    | gt     | 0.3      | false",
        "trace.metadata.sum    | contains | \"0.30\" | false",
        "user_id | equals      | 123   | true",
        "user_id | equals      | \"123\" | false",
        "user_id | starts_with | \"00\" | true",
        "user_id | ends_with   | 123.0 | true",
        "user_id | gte         | 1e2   | true",
        "user_id | lt          | \"1\" | true",
        // Several values: one is enough, but none may be like it.
        "tag | equals       | \"beta\" | true",
        "tag | equals       | 7        | true",
        "tag | equals       | \"7\"    | true",
        "tag | equals       | \"true\" | true",
        "tag | equals       | \"x\"    | false",
        "tag | not_equals   | \"beta\" | false",
        "tag | not_contains | \"et\"   | false",
        "tag | not_equals   | \"Beta\" | true",
        "tag | regex        | \"^$\"   | false",
        "finish_reason | equals | \"tool_calls\" | true",
        "finish_reason | regex  | \"^.?$\"       | false",
        // Case, other scripts, lines.
        "provider    | equals      | \"STRASSE\"     | false",
        "provider    | ends_with   | \"ße\"          | true",
        "model       | starts_with | \"日本/\"       | true",
        "model       | regex       | \"^日本/.{5}$\" | true",
        "model       | contains    | \"answered\"    | false",
        "environment | equals      | \"üretim\"      | false",
        "environment | regex       | \"(?i)üretim\"  | true",
        "input       | regex       | \"^second\"     | false",
        "input       | regex       | \"(?m)^second\" | true",
        "output      | not_contains | \"x\"          | true",
        // Sums and times.
        "total_cost   | equals | \"0.30\" | true",
        "total_cost   | gt     | 0.3      | false",
        "total_cost   | contains | 0.3    | true",
        "total_tokens | exists | \"\"     | false",
        "prompt_tokens | lte   | 3.0      | true",
        "latency_ms   | equals | 1.5      | true",
        "api_type     | regex  | \"^chat$\" | true",
      })
  void matches_atTheEdges(String field, String operator, String value, boolean expected) {
    assertThat(matches(RECORD, rule(field, operator, value))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model | equals | true",
        "total_cost | gt | true",
        "total_cost | gt | \"s3cret\"",
        "latency_ms | equals | {}",
        "tag | contains | \"  \"",
        "Model | equals | \"s3cret\"",
        "trace.team | equals | \"s3cret\"",
        "model | EQUALS | \"s3cret\"",
        "model | equals  | null",
        "model | regex | \"s3cret[\"",
      })
  void read_wrongRule_isAnErrorOfItsFieldWithoutTheValue(String cells) {
    String[] cell = cells.split(" *\\| *", -1);
    String filter =
        "{\"logic\": \"or\", \"groups\": [{\"rules\": [" + rule(cell[0], cell[1], cell[2]) + "]}]}";

    Reading.Invalid invalid =
        (Reading.Invalid) Reading.of(SecretJson.json("c0ffee00", ",\"filter\":" + filter), HOSTS);

    assertThat(invalid.field()).startsWith("filter.groups[0].rules[0].");
    assertThat(invalid.expected()).isNotBlank().doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"groups\": [{\"rules\": []}, {\"rules\": [NO]}]} | false",
        "{\"logic\": \"or\", \"groups\": [{\"rules\": []}, {\"rules\": [NO]}]} | true",
        "{\"logic\": \"or\", \"groups\": []} | true",
        "{\"logic\": \"or\", \"groups\": [{\"rules\": [NO]}]} | false",
        "{\"groups\": [{\"logic\": \"or\", \"rules\": [NO, YES]}, {\"rules\": [YES]}]} | true",
        "{\"groups\": [{\"logic\": \"or\", \"rules\": [NO, YES]}, {\"rules\": [YES, NO]}]} | false",
        "{\"logic\": \"or\", \"groups\": [{\"rules\": [YES, NO]}, {\"rules\": [YES]}]} | true",
        "{\"logic\": null, \"enabled\": null, \"groups\": null} | true",
        "{} | true",
      })
  void filter_ofGroups_isJoined(String filter, boolean expected) {
    String json =
        filter
            .replace("NO", rule("model", "equals", "\"none\""))
            .replace("YES", rule("model", "exists", "null"));

    assertThat(
            rules("\"filter\": " + json).filter().matches(new RecordValues(RECORD, Contents.TEXTS)))
        .isEqualTo(expected);
  }

  /** A list that is longer than a value of metadata may be is cut, so it is no JSON any more. */
  @Test
  void tag_ofAListThatWasCut_isEachThatIsWhole() {
    Generation cut =
        Generations.of("r").metadata("tags", new Scalar.Text("[\"beta\",\"eu\",\"gam")).build();

    assertThat(matches(cut, rule("tag", "equals", "\"eu\""))).isTrue();
    assertThat(matches(cut, rule("tag", "contains", "\"gam\""))).isFalse();
  }

  @Test
  void keep_atALimitThatIsASum_doesNotKeep() {
    String keep = "\"sampling_rate\": 0, \"keep\": {\"cost\": 0.3}";

    assertThat(rules(keep).admit(new RecordValues(RECORD, Contents.NONE), null, "k"))
        .isEqualTo(Left.SAMPLED_OUT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void keep_eachPart_givesItsReasonAtAnyRate(double rate) {
    String keep =
        "\"sampling_rate\": "
            + rate
            + ", \"keep\": {\"errors\": true, \"latency_ms\": 0, \"rules\": ["
            + rule("trace.metadata.flag", "equals", "false")
            + "]}";
    Generation failed = Generations.of("f").failure(new Failure("x", null, null)).build();
    Generation instant = Generations.of("i").timing(new Timing(5, 5, null)).build();

    assertThat(admit(keep, failed)).isEqualTo(sent(Reason.ERROR, rate));
    assertThat(admit(keep, RECORD)).isEqualTo(sent(Reason.LATENCY, rate));
    assertThat(admit(keep, instant))
        .isEqualTo(
            rate > Sampling.position("session") ? sent(Reason.RATE, rate) : Left.SAMPLED_OUT);
  }

  private static Admission admit(String rules, Generation record) {
    return rules(rules).admit(new RecordValues(record, Contents.NONE), null, "session");
  }

  private static Admission sent(Reason reason, double rate) {
    return new Admission.Send(new Sampling(reason, rate));
  }
}
