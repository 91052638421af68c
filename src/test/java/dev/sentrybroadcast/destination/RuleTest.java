package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanName;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters and their rules, compared with {@link RuleOracle}. */
final class RuleTest {

  private static final long START = 1_763_640_000_000_000_000L;
  private static final AllowedHosts HOSTS = AllowedHosts.parse("*.sentry.io");

  /** A record, and what each field of it holds: written down by hand. */
  private record Case(TelemetryRecord record, Map<String, List<Object>> values) {

    List<Object> of(String field) {
      return values.getOrDefault(field, List.of());
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              Generations.of("full")
                  .model("OpenAI", "openai/gpt-5", "gpt-5-2026")
                  .apiType(ApiType.RESPONSES)
                  .caller(new Caller("alice@example.com", "s-1", "checkout", null))
                  .environment("production")
                  .release("v2.1.0")
                  .metadata("tags", new Scalar.Text("[\"beta\",\"eu\"]"))
                  .metadata("team", new Scalar.Text("search"))
                  .metadata("tries", new Scalar.Whole(5))
                  .metadata("score", new Scalar.Decimal(0.5))
                  .metadata("beta", new Scalar.Flag(true))
                  .timing(new Timing(START, START + 2_500_000_000L, null))
                  .outcome(
                      new Outcome(null, List.of("tool_calls", "stop"), null, null, false, null))
                  .usage(new Usage(5L, 95L, null, null, null, null))
                  .cost(new Cost(0.5, 0.2, 0.3, null, null, null))
                  .exchange(
                      new Exchange(
                          Content.of(
                              List.of(Generations.user("hello"), Generations.user("gpt-5?"))),
                          Content.of(List.of(Generations.assistant("5"))),
                          null,
                          null,
                          null))
                  .build(),
              Map.ofEntries(
                  Map.entry("model", List.of("openai/gpt-5")),
                  Map.entry("provider", List.of("OpenAI")),
                  Map.entry("session_id", List.of("s-1")),
                  Map.entry("user_id", List.of("alice@example.com")),
                  Map.entry("api_key_name", List.of("checkout")),
                  Map.entry("finish_reason", List.of("tool_calls", "stop")),
                  Map.entry("input", List.of("hello\ngpt-5?")),
                  Map.entry("output", List.of("5")),
                  Map.entry("total_cost", List.of(0.5)),
                  Map.entry("total_tokens", List.of(100.0)),
                  Map.entry("prompt_tokens", List.of(5.0)),
                  Map.entry("completion_tokens", List.of(95.0)),
                  Map.entry("environment", List.of("production")),
                  Map.entry("release", List.of("v2.1.0")),
                  Map.entry("tag", List.of("beta", "eu")),
                  Map.entry("status", List.of("ok")),
                  Map.entry("latency_ms", List.of(2500.0)),
                  Map.entry("api_type", List.of("responses")),
                  Map.entry("trace.metadata.team", List.of("search")),
                  Map.entry("trace.metadata.tries", List.of(5.0)),
                  Map.entry("trace.metadata.score", List.of(0.5)),
                  Map.entry("trace.metadata.beta", List.of("true")))),
          new Case(
              Generations.of("bare")
                  .model(null, null, "gpt-5")
                  .timing(new Timing(START, START, null))
                  .metadata("tag", new Scalar.Text("[not JSON"))
                  .failure(new Failure("rate_limit", 429, null))
                  .build(),
              Map.of(
                  "model", List.of("gpt-5"),
                  "tag", List.of("[not JSON"),
                  "status", List.of("error"),
                  "latency_ms", List.of(0.0),
                  "api_type", List.of("chat"))),
          new Case(
              Generations.of("cancelled")
                  .model(" ", "5", null)
                  .caller(new Caller("", "0.5", "Checkout", null))
                  .timing(new Timing(START, START + 5_000_000, null))
                  .outcome(
                      new Outcome(null, List.of(), null, null, true, new Failure("x", null, null)))
                  .usage(new Usage(null, null, 5L, null, null, null))
                  .cost(new Cost(null, 0.25, 0.25, null, null, null))
                  .build(),
              Map.of(
                  "model", List.of("5"),
                  "session_id", List.of("0.5"),
                  "api_key_name", List.of("Checkout"),
                  "status", List.of("ok"),
                  "total_tokens", List.of(5.0),
                  "total_cost", List.of(0.5),
                  "latency_ms", List.of(5.0),
                  "api_type", List.of("chat"))),
          new Case(
              trace(
                  span("aa", null, SpanRole.AGENT, 0, 9, null),
                  span("bb", "aa", SpanRole.CHAT, 1, 4, null),
                  span("cc", "aa", SpanRole.TEXT_COMPLETION, 4, 6, new Failure("x", 500, null)),
                  span("dd", "aa", SpanRole.TOOL, 6, 7, new Failure("x", null, null))),
              Map.ofEntries(
                  Map.entry("model", List.of("openai/gpt-5", "openai/gpt-5")),
                  Map.entry("provider", List.of("OpenAI", "OpenAI")),
                  Map.entry("session_id", List.of("s-1")),
                  Map.entry("finish_reason", List.of("stop", "stop")),
                  Map.entry("input", List.of("hello\nhello")),
                  Map.entry("total_cost", List.of(0.5)),
                  Map.entry("total_tokens", List.of(10.0)),
                  Map.entry("prompt_tokens", List.of(4.0)),
                  Map.entry("completion_tokens", List.of(6.0)),
                  Map.entry("environment", List.of("production")),
                  Map.entry("status", List.of("error")),
                  Map.entry("latency_ms", List.of(9.0)),
                  Map.entry("api_type", List.of("chat", "completion")),
                  Map.entry("trace.metadata.team", List.of("search")))),
          new Case(
              trace(
                  span("aa", null, SpanRole.STEP, 2, 9, null),
                  span("bb", "aa", SpanRole.TOOL, 2, 3, new Failure("x", null, null))),
              Map.of(
                  "session_id", List.of("s-1"),
                  "environment", List.of("production"),
                  "status", List.of("ok"),
                  "latency_ms", List.of(7.0),
                  "trace.metadata.team", List.of("search"))));

  private static final List<Object> VALUES =
      List.of(
          "openai/gpt-5",
          "gpt-5",
          "5",
          5.0,
          "0.5",
          0.5,
          0.0,
          100.0,
          "stop",
          "Stop",
          "ok",
          "error",
          "production",
          "beta",
          "^[a-z]+$",
          "hello",
          "search",
          "true",
          "checkout",
          2500.0,
          "s-1",
          "chat",
          "OpenAI",
          -1.0,
          "zzz");

  private static RecordedTrace trace(RecordedSpan... spans) {
    return new RecordedTrace(
        "trace",
        new Routing(List.of(), PrivacyMode.OFF),
        new Caller(null, "s-1", null, null),
        null,
        "production",
        null,
        List.of(spans),
        Corrections.NONE);
  }

  private static RecordedSpan span(
      String id,
      @Nullable String parent,
      SpanRole role,
      int startMillis,
      int endMillis,
      @Nullable Failure failure) {
    return new RecordedSpan(
        id.repeat(8),
        parent == null ? null : parent.repeat(8),
        new SpanName("span", null),
        RecordedSpan.Kind.INTERNAL,
        new Timing(START + startMillis * 1_000_000L, START + endMillis * 1_000_000L, null),
        role,
        new Model("OpenAI", "openai/gpt-5", null),
        RequestParameters.NONE,
        new Outcome(null, List.of("stop"), null, null, false, failure),
        new Usage(2L, 3L, null, null, null, null),
        new Cost(0.25, null, null, null, null, null),
        new Exchange(Content.of(List.of(Generations.user("hello"))), null, null, null, null),
        null,
        null,
        Map.of("trace.metadata.team", new Scalar.Text("search")),
        Map.of());
  }

  private static String json(Object value) {
    return value instanceof Double ? value.toString() : "\"" + value + "\"";
  }

  private static String rule(String field, String operator, Object value) {
    return "{\"field\": \"%s\", \"operator\": \"%s\", \"value\": %s}"
        .formatted(field, operator, json(value));
  }

  private static Reading read(String field, String json) {
    return Reading.of(SecretJson.json("c0ffee00", ",\"" + field + "\":" + json), HOSTS);
  }

  private static Condition filter(String json) {
    return switch (read("filter", json)) {
      case Reading.Valid(Destination destination) -> destination.rules().filter();
      case Reading.Invalid(String field, String expected) ->
          throw new AssertionError(field + ": " + expected + " in " + json);
    };
  }

  private static boolean matches(Condition condition, Case each) {
    return condition.matches(new RecordValues(each.record, Contents.TEXTS));
  }

  @Test
  void matches_everyFieldOperatorAndValue_asTheOracleSays() {
    int compared = 0;
    List<String> wrong = new ArrayList<>();
    List<String> fields =
        Stream.of(RuleOracle.TEXT_FIELDS, RuleOracle.NUMBER_FIELDS).flatMap(List::stream).toList();
    for (String field : fields) {
      for (String operator : RuleOracle.OPERATORS) {
        for (Object value : VALUES) {
          String json = "{\"groups\": [{\"rules\": [" + rule(field, operator, value) + "]}]}";
          boolean valid = read("filter", json) instanceof Reading.Valid;
          if (valid != RuleOracle.isValid(field, operator, value)) {
            wrong.add(json + " valid: " + valid);
            continue;
          }
          for (Case each : valid ? CASES : List.<Case>of()) {
            compared++;
            if (matches(filter(json), each)
                != RuleOracle.matches(each.of(field), operator, value)) {
              wrong.add(json + " of " + each.record.id());
            }
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(30_000);
    assertThat(fields).containsAll(RecordValues.FIELDS).hasSize(RecordValues.FIELDS.size() + 4);
  }

  @Test
  void matches_groupsOfRules_asTheOracleSays() {
    SplittableRandom random = new SplittableRandom(22);
    List<String> fields = RuleOracle.TEXT_FIELDS;
    int matched = 0;
    for (int i = 0; i < 3_000; i++) {
      Case each = CASES.get(random.nextInt(CASES.size()));
      boolean all = random.nextBoolean();
      List<String> groups = new ArrayList<>();
      List<Boolean> groupResults = new ArrayList<>();
      for (int g = random.nextInt(4); g > 0; g--) {
        boolean allRules = random.nextBoolean();
        List<String> rules = new ArrayList<>();
        List<Boolean> results = new ArrayList<>();
        for (int r = random.nextInt(4); r > 0; r--) {
          String field = fields.get(random.nextInt(fields.size()));
          String operator = RuleOracle.OPERATORS.get(random.nextInt(13));
          Object value = VALUES.get(random.nextInt(VALUES.size()));
          if (RuleOracle.isValid(field, operator, value)) {
            rules.add(rule(field, operator, value));
            results.add(RuleOracle.matches(each.of(field), operator, value));
          }
        }
        groups.add("{\"logic\": \"%s\", \"rules\": %s}".formatted(allRules ? "and" : "or", rules));
        groupResults.add(joined(allRules, results));
      }
      String json = "{\"logic\": \"%s\", \"groups\": %s}".formatted(all ? "and" : "or", groups);

      boolean matches = matches(filter(json), each);
      assertThat(matches).as(json).isEqualTo(joined(all, groupResults));
      matched += matches ? 1 : 0;
    }
    assertThat(matched).isBetween(500, 2_500);
  }

  private static boolean joined(boolean all, List<Boolean> results) {
    return results.isEmpty() || (all ? !results.contains(false) : results.contains(true));
  }

  /** As OpenRouter's SDKs write them: no logic means and, no value with exists, numbers as text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enabled\": true, \"groups\": []}",
        "{\"groups\": [{\"rules\": []}]}",
        "{\"enabled\": true, \"groups\": [{\"logic\": \"and\", \"rules\": [{\"field\": \"model\","
            + " \"operator\": \"equals\", \"value\": \"openai/gpt-5\"}]}]}",
        "{\"groups\": [{\"logic\": \"or\", \"rules\": [{\"field\": \"user_id\", \"operator\":"
            + " \"exists\"}, {\"field\": \"total_cost\", \"operator\": \"gte\", \"value\":"
            + " \"0.50\"}]}, {\"rules\": [{\"field\": \"finish_reason\", \"operator\": \"regex\","
            + " \"value\": \"^(stop|length)$\"}]}]}",
      })
  void filter_ofOpenRouter_isTakenAsItIs(String json) {
    assertThat(matches(filter(json), CASES.getFirst())).isTrue();
  }

  @Test
  void filter_notEnabled_matchesEverything() {
    String rules = "[{\"rules\": [" + rule("model", "equals", "no such") + "]}]";

    assertThat(matches(filter("{\"groups\": " + rules + "}"), CASES.getFirst())).isFalse();
    assertThat(filter("{\"enabled\": false, \"groups\": " + rules + "}"))
        .isEqualTo(Condition.EVERYTHING);
  }

  @Test
  void content_isRead_onlyForARuleOverContent() {
    RecordValues values = new RecordValues(CASES.getFirst().record, Contents.UNREAD);
    String others =
        RecordValues.FIELDS.stream()
            .filter(field -> !List.of("input", "output").contains(field))
            .map(field -> rule(field, "exists", ""))
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();

    assertThat(filter("{\"groups\": [{\"rules\": [" + others + "]}]}").matches(values)).isTrue();
  }

  @Test
  void toString_ofARule_saysNothingOfItsValue() {
    String json = "{\"groups\": [{\"rules\": [" + rule("input", "contains", "s3cret") + "]}]}";

    assertThat(filter(json).toString()).contains("filter.groups[0].rules[0]");
    assertThat(filter(json).toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "filter | \"s3cret\" | filter | an object with enabled, logic, groups",
        "filter | {\"s3cret=\": 1} | filter | no other fields than enabled, logic, groups",
        "filter | {\"group\": []} | filter | no other fields than enabled, logic, groups; \"group\""
            + " is none",
        "filter | {\"enabled\": 1} | filter.enabled | true or false",
        "filter | {\"logic\": \"any\"} | filter.logic | one of and, or; \"any\" is none",
        "filter | {\"groups\": {}} | filter.groups | an array of groups",
        "filter | {\"groups\": [\"s3cret\"]} | filter.groups[0] | an object with logic, rules",
        "filter | {\"groups\": [{\"rules\": [7]}]} | filter.groups[0].rules[0] | an object with"
            + " field, operator, value",
        "filter | {\"groups\": [], \"groups\": []} | filter.groups | it only once",
        "keep | [] | keep | an object with errors, latency_ms, cost, tokens, finish_reasons, rules",
        "keep | {\"error\": true} | keep | no other fields than errors, latency_ms, cost, tokens,"
            + " finish_reasons, rules; \"error\" is none",
        "keep | {\"errors\": \"s3cret\"} | keep.errors | true or false",
        "keep | {\"latency_ms\": \"s3cret\"} | keep.latency_ms | a number from 0",
        "keep | {\"cost\": -1} | keep.cost | a number from 0",
        "keep | {\"tokens\": true} | keep.tokens | a number from 0",
        "keep | {\"tokens\": 1e999} | keep.tokens | a number, because total_tokens is one",
        "keep | {\"finish_reasons\": \"s3cret\"} | keep.finish_reasons | an array of finish reasons",
        "keep | {\"finish_reasons\": [\"\"]} | keep.finish_reasons[0] | a finish reason",
        "keep | {\"finish_reasons\": [7]} | keep.finish_reasons[0] | a string",
        "keep | {\"rules\": {}} | keep.rules | an array of rules",
        "producers | \"s3cret\" | producers | an object with sender_ids, api_keys",
        "producers | {\"sender_ids\": []} | producers.sender_ids | null for all, or an array of at"
            + " least one SQS sender id",
        "producers | {\"api_keys\": [7]} | producers.api_keys | null for all, or an array of at"
            + " least one API key's name",
        "producers | {\"users\": []} | producers | no other fields than sender_ids, api_keys;"
            + " \"users\" is none",
      })
  void read_wrongValue_namesFieldAndWhatIsExpected(
      String field, String json, String path, String expected) {
    assertThat(read(field, json)).isEqualTo(new Reading.Invalid(path, expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"field\": \"modle\", \"operator\": \"equals\"} | field | \"modle\" is none",
        "{\"field\": \"s3cret@x\", \"operator\": \"equals\"} | field | trace.metadata.{key}",
        "{\"field\": \"trace.metadata.\", \"operator\": \"equals\"} | field | is none",
        "{\"operator\": \"equals\"} | field | one of model, provider",
        "{\"field\": \"model\", \"operator\": \"like\"} | operator | \"like\" is none",
        "{\"field\": \"model\"} | operator | one of equals, not_equals",
        "{\"field\": \"model\", \"operator\": \"equals\"} | value | a text or a number",
        "{\"field\": \"model\", \"operator\": \"equals\", \"value\": [\"s3cret\"]} | value | a string",
        "{\"field\": \"total_cost\", \"operator\": \"gt\", \"value\": \"s3cret\"} | value | a number,"
            + " because total_cost is one",
        "{\"field\": \"model\", \"operator\": \"contains\", \"value\": 1e100} | value | a number of",
        "{\"field\": \"status\", \"operator\": \"equals\", \"value\": \"failed\"} | value | ok or"
            + " error",
        "{\"field\": \"model\", \"operator\": \"regex\", \"value\": \"s3cret(\"} | value | RE2",
        "{\"field\": \"model\", \"operator\": \"regex\", \"value\": \"(?=s3cret)\"} | value | RE2",
        "{\"field\": \"model\", \"operator\": \"regex\", \"value\": \"((a{100}){100}){100}\"} |"
            + " value | multiply to less than 10000",
        "{\"field\": \"model\", \"operator\": \"regex\", \"value\": \"(a{1000}){1000}\"} |"
            + " value | multiply to less than 10000",
        "{\"field\": \"model\", \"operators\": \"s\"} | | \"operators\" is none",
      })
  void read_wrongRule_namesItsPathAndWhatIsExpected(
      String rule, @Nullable String member, String expected) {
    for (String form :
        List.of("filter|{\"groups\": [{}, {\"rules\": [%s]}]}", "keep|{\"rules\": [%s]}")) {
      String field = form.substring(0, form.indexOf('|'));
      String json = form.substring(form.indexOf('|') + 1).formatted(rule);
      String path = field.equals("filter") ? "filter.groups[1].rules[0]" : "keep.rules[0]";

      Reading.Invalid invalid = (Reading.Invalid) read(field, json);
      assertThat(invalid.field()).isEqualTo(member == null ? path : path + "." + member);
      assertThat(invalid.expected()).contains(expected).doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(\\\\d{1,3}\\\\.){3}\\\\d{1,3}", "x{1000}", "[){5}]", "(?i)gpt|claude"})
  void read_usualExpressions_areTaken(String expression) {
    assertThat(
            read(
                "filter",
                "{\"groups\": [{\"rules\": [{\"field\": \"model\", \"operator\": \"regex\","
                    + " \"value\": \""
                    + expression
                    + "\"}]}]}"))
        .isInstanceOf(Reading.Valid.class);
  }
}
