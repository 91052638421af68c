package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutesTest {

  private static final List<String> DEFAULTS = List.of("default", "audit");

  private static final String EU =
      """
      {"routes": [
         {"when": {"groups": [{"rules": [
            {"field": "environment", "operator": "equals", "value": "eu"}]}]}, "to": ["eu", "eu"]},
         {"when": {"groups": [{"rules": [
            {"field": "model", "operator": "starts_with", "value": "openai/"}]}]},
          "to": ["openai", "all"]}],
       "default": ["rest"]}
      """;

  private final FakeSecretStore store = new FakeSecretStore();
  private final FakeClock clock = new FakeClock();
  private final List<Object> failures = new ArrayList<>();
  private final CachedDestinations destinations =
      new CachedDestinations(
          store,
          "p/",
          new DestinationReader(AllowedHosts.parse("*.sentry.io")),
          Duration.ofMinutes(5),
          clock,
          failures::add);

  private static RecordValues values(Generation generation) {
    return new RecordValues(generation, Contents.NONE);
  }

  private static Generation inEnvironment(String environment) {
    return Generations.of("r").environment(environment).build();
  }

  private static List<String> names(Lookup<Routes> lookup, Generation generation) {
    return ((Lookup.Found<Routes>) lookup).value().of(values(generation), DEFAULTS).names();
  }

  @Test
  void of_firstRouteThatMatches_decides() throws InvalidJsonException {
    Routes routes = Routes.read(EU);

    assertThat(routes.of(values(inEnvironment("eu")), DEFAULTS))
        .isEqualTo(new Routes.Choice("routes[0]", List.of("eu")));
    assertThat(routes.of(values(inEnvironment("us")), DEFAULTS))
        .isEqualTo(new Routes.Choice("routes[1]", List.of("openai", "all")));
    Generation other = Generations.of("r").model("mistral", "mistral/large", null).build();
    assertThat(routes.of(values(other), DEFAULTS))
        .isEqualTo(new Routes.Choice("default", List.of("rest")));
    assertThat(Routes.read("{\"routes\": []}").of(values(other), DEFAULTS).names())
        .isEqualTo(DEFAULTS);
  }

  @Test
  void named_recordWithNames_goesThereAlone() {
    assertThat(Routes.named(List.of())).isNull();
    assertThat(Routes.named(List.of("b", "a", "b")))
        .isEqualTo(new Routes.Choice("record", List.of("b", "a")));
  }

  @Test
  void routes_withoutSecret_areNoneAndReadOnceUntilTheyAreDue() {
    assertThat(destinations.routes()).isEqualTo(new Lookup.Found<>(Routes.NONE, false));
    clock.pass(Duration.ofMinutes(4));
    destinations.routes();
    assertThat(store.reads()).containsExactly("p/_routes");

    store.put("p/_routes", EU);
    clock.pass(Duration.ofMinutes(2));
    assertThat(names(destinations.routes(), inEnvironment("eu"))).containsExactly("eu");
  }

  @Test
  void routes_withoutSecret_stayNoneWhileTheStoreIsDown() {
    destinations.routes();
    store.goDown("ThrottlingException");
    destinations.expire();

    assertThat(destinations.routes()).isEqualTo(new Lookup.Found<>(Routes.NONE, true));
  }

  @Test
  void routes_deleted_areNone() {
    store.put("p/_routes", EU);
    destinations.routes();
    store.delete("p/_routes");
    destinations.expire();

    assertThat(destinations.routes()).isEqualTo(new Lookup.Found<>(Routes.NONE, false));
  }

  @Test
  void routes_newVersion_servesOnceItIsDueOrExpired() {
    store.put("p/_routes", EU);
    destinations.routes();
    store.put("p/_routes", EU.replace("\"eu\", \"eu\"", "\"eu-2\""));

    assertThat(names(destinations.routes(), inEnvironment("eu"))).containsExactly("eu");
    destinations.expire();
    assertThat(names(destinations.routes(), inEnvironment("eu"))).containsExactly("eu-2");
  }

  @Test
  void routes_notReadableAnyMore_lastGoodValueServes() {
    store.put("p/_routes", EU);
    destinations.routes();
    store.put("p/_routes", "{\"routes\": 7}");
    destinations.expire();

    Lookup<Routes> invalid = destinations.routes();
    assertThat(((Lookup.Found<Routes>) invalid).stale()).isTrue();
    assertThat(names(invalid, inEnvironment("eu"))).containsExactly("eu");

    store.goDown("ThrottlingException");
    destinations.expire();
    assertThat(names(destinations.routes(), inEnvironment("eu"))).containsExactly("eu");
    assertThat(failures).hasSize(2);
  }

  /** Such a secret may be meant to get routes, so it does not stand for none. */
  @Test
  void routes_blank_areUnusable() {
    store.put("p/_routes", " ");

    assertThat(destinations.routes()).isInstanceOf(Destinations.Lookup.Misconfigured.class);
  }

  @Test
  void routes_ofAnEmptyObject_areNone() {
    store.put("p/_routes", "{\"routes\": null, \"default\": null}");

    assertThat(destinations.routes()).isEqualTo(new Lookup.Found<>(Routes.NONE, false));
  }

  @Test
  void routes_neverReadable_areUnusable() {
    store.goDown("ThrottlingException");
    assertThat(destinations.routes())
        .isEqualTo(new Destinations.Lookup.Unavailable<>("_routes", "ThrottlingException"));

    store.comeUp();
    store.put("p/_routes", "{\"routes\": [{\"to\": []}]}");
    destinations.expire();
    assertThat(destinations.routes())
        .isEqualTo(
            new Destinations.Lookup.Misconfigured<>(
                "_routes", "routes[0].to", "an array of at least one destination's name"));
  }

  @Test
  void name_ofTheRoutes_isNoDestination() {
    store.put("p/_routes", SecretJson.json("c0ffee00"));

    assertThat(CachedDestinations.isName("_routes")).isFalse();
    assertThat(destinations.find("_routes")).isInstanceOf(Destinations.Lookup.Unknown.class);
    assertThat(store.reads()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | | a JSON object with \"routes\"",
        "{\"routes\": {}} | routes | an array of routes",
        "{\"routes\": [7]} | routes[0] | an object with when, to",
        "{\"routes\": [{\"if\": 1}]} | routes[0] | no other fields than when, to; \"if\" is none",
        "{\"routes\": [{}]} | routes[0].to | an array of at least one destination's name",
        "{\"routes\": [{\"to\": [\"s3cret/\"]}]} | routes[0].to[0] | a destination's name: 1 to 64"
            + " of A-Z a-z 0-9 _ . -",
        "{\"routes\": [{\"to\": [\"_routes\"]}]} | routes[0].to[0] | a destination's name: 1 to 64"
            + " of A-Z a-z 0-9 _ . -",
        "{\"routes\": [{\"to\": \"eu\"}]} | routes[0].to | an array of at least one destination's"
            + " name",
        "{\"routes\": [], \"routes\": []} | routes | it only once",
        "{\"routes\": [{\"to\": [\"a\"], \"when\": {\"groups\": [{\"rules\": [{\"field\":"
            + " \"s3cret@\", \"operator\": \"exists\"}]}]}}]} |"
            + " routes[0].when.groups[0].rules[0].field | one of model, provider, session_id,"
            + " user_id, api_key_name, finish_reason, input, output, total_cost, total_tokens,"
            + " prompt_tokens, completion_tokens, environment, release, tag, status, latency_ms,"
            + " api_type, trace.metadata.{key}",
        "{\"default\": []} | default | an array of at least one destination's name",
        "{\"routes\": [{\"to\": [\"a\"], \"when\": {\"logic\": \"xor\"}}]} | routes[0].when.logic |"
            + " one of and, or; \"xor\" is none",
      })
  void read_wrongValue_namesFieldAndWhatIsExpected(String json, String field, String expected) {
    assertThatThrownBy(() -> Routes.read(json))
        .isInstanceOfSatisfying(
            InvalidJsonException.class,
            e -> {
              assertThat(e.field).isEqualTo(field);
              assertThat(e.expected).isEqualTo(expected);
            });
  }
}
