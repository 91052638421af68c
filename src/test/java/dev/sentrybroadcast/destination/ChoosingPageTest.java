package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That docs/choosing.md says what is so, and that its examples do what it says. */
final class ChoosingPageTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("(?:<!-- (\\w+) -->\\n)?```json\\n(.*?)```", Pattern.DOTALL);

  private String page = "";

  @BeforeEach
  void read() throws IOException {
    page = Files.readString(Path.of("docs/choosing.md"));
  }

  private String example(String name) {
    return EXAMPLE
        .matcher(page)
        .results()
        .filter(found -> name.equals(found.group(1)))
        .map(found -> found.group(2).strip())
        .findFirst()
        .orElseThrow();
  }

  private RecordRules rules(String name) {
    String fields = example(name);
    String json = SecretJson.json("c0ffee00", "," + fields.substring(1, fields.length() - 1));
    return Reading.valid("default", json, AllowedHosts.parse("*.sentry.io")).rules();
  }

  private static boolean isSent(
      RecordRules rules, GenerationBuilder record, @Nullable String senderId) {
    RecordValues values = new RecordValues(record.build(), Contents.NONE);
    // A key that a rate of 0.1 leaves out.
    return rules.admit(values, senderId, "session-1") instanceof Admission.Send;
  }

  @Test
  void examples_areAllChecked() {
    assertThat(EXAMPLE.matcher(page).results().map((MatchResult found) -> found.group(1)))
        .containsExactly("filter", "keep", "producers", "routes");
  }

  @Test
  void filterExample_takesProductionOfTwoProviders() {
    RecordRules rules = rules("filter");

    assertThat(isSent(rules, Generations.of("r").environment("production"), null)).isTrue();
    assertThat(isSent(rules, Generations.of("r").environment("staging"), null)).isFalse();
    assertThat(
            isSent(
                rules,
                Generations.of("r")
                    .environment("production")
                    .metadata("team", new Scalar.Text("load-test")),
                null))
        .isFalse();
    assertThat(
            isSent(
                rules,
                Generations.of("r").model(null, "x/y", null).environment("production"),
                null))
        .isFalse();
  }

  @Test
  void keepExample_keepsWhatThePageSays() {
    RecordRules rules = rules("keep");

    assertThat(isSent(rules, Generations.of("r"), null)).isFalse();
    assertThat(
            isSent(
                rules,
                Generations.of("r").caller(new Caller("beta-tester-7", null, null, null)),
                null))
        .isTrue();
    assertThat(isSent(rules, Generations.of("r").metadata("review", new Scalar.Flag(true)), null))
        .isTrue();
  }

  @Test
  void producersExample_asksForBoth() {
    RecordRules rules = rules("producers");
    GenerationBuilder checkout =
        Generations.of("r").caller(new Caller(null, null, "checkout-service", null));

    assertThat(isSent(rules, checkout, "AROAEXAMPLEROLEID:any")).isTrue();
    assertThat(isSent(rules, checkout, "AROAANOTHER:any")).isFalse();
    assertThat(isSent(rules, Generations.of("r"), "AROAEXAMPLEROLEID:any")).isFalse();
  }

  @Test
  void routesExample_sendsEachWhereThePageSays() throws InvalidJsonException {
    Routes routes = Routes.read(example("routes"));

    assertThat(to(routes, Generations.of("r").environment("eu"))).containsExactly("eu");
    assertThat(to(routes, Generations.of("r").caller(new Caller(null, null, "search-web", null))))
        .containsExactly("search", "all");
    assertThat(to(routes, Generations.of("r"))).containsExactly("default");
  }

  private static List<String> to(Routes routes, GenerationBuilder record) {
    return routes.of(new RecordValues(record.build(), Contents.NONE), List.of("x")).names();
  }

  @Test
  void fieldsOperatorsAndReasons_areAllNamed() {
    for (String field : RecordValues.FIELDS) {
      assertThat(page).contains("`" + field + "`");
    }
    for (String operator : Rule.Operator.NAMES) {
      assertThat(page).contains("`" + operator + "`");
    }
    for (Sampling.Reason reason : Sampling.Reason.values()) {
      assertThat(page).contains("`" + reason.json() + "`");
    }
    assertThat(page)
        .contains(
            String.join(
                ", ",
                Arrays.stream(ApiType.values())
                    .map(type -> "`" + type.name().toLowerCase(Locale.ROOT) + "`")
                    .toList()));
  }
}
