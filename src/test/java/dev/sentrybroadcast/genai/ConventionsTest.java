package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.SpanName;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.sentry.DefaultScrubbing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every attribute ever sent is one of Sentry's conventions, or is excused here. */
final class ConventionsTest {

  /** Names that the conventions do not list, or list as deprecated, each with its reason. */
  private static final Map<String, String> EXCUSED =
      Map.of(
          "gen_ai.usage.input_tokens.cached", "Relay's cost read only this until 2026",
          "gen_ai.usage.input_tokens.cache_write", "Relay's cost read only this until 2026",
          "gen_ai.tool.call.id", "OpenTelemetry's; Sentry lists none",
          "gen_ai.prompt.version", "OpenTelemetry's; of prompts Sentry lists the name alone",
          "gen_ai.usage.output_tokens.reasoning", "Relay's cost read only this until 2026",
          "telemetry.sdk.language", "resource: Relay makes sentry.platform of it",
          "deployment.environment.name", "resource: OpenTelemetry's name of the environment");

  @Test
  void attributes_everSent_areListedWithTheirTypeAndNotDeprecated() {
    List<String> violations = new ArrayList<>();
    sent()
        .forEach((name, type) -> {
          if (!isOurs(name) && !EXCUSED.containsKey(name)) {
            JsonNode listed = Conventions.attribute(name);
            if (listed.isMissingNode()) {
              violations.add(name + " is not listed");
            } else if (!listed.path("deprecated").isNull()) {
              violations.add(name + " is deprecated");
            } else if (!listed.path("type").stringValue().equals(type)) {
              violations.add(name + " is sent as " + type);
            }
          }
        });
    assertThat(violations).isEmpty();
  }

  @Test
  void excuses_areNeededAndUsed() {
    assertThat(EXCUSED.keySet()).isSubsetOf(sent().keySet());
    for (String name : EXCUSED.keySet()) {
      JsonNode listed = Conventions.attribute(name);
      boolean needed = listed.isMissingNode() || !listed.path("deprecated").isNull();
      assertThat(needed).as(name).isTrue();
    }
  }

  @Test
  void ops_ofEachApi_areListedAndNotDeprecated() {
    for (ApiType type : ApiType.values()) {
      String op = "gen_ai." + SpanRole.of(type).name();
      assertThat(Conventions.ops()).contains(op);
      if (!op.equals("gen_ai.rerank")) { // Sentry has no other op for it.
        assertThat(Conventions.deprecatedOps()).doesNotContain(op);
      }
    }
  }

  @Test
  void ownNames_areNotHiddenByDefaultScrubbing() {
    assertThat(sent().keySet().stream().filter(name -> name.startsWith("broadcast.")))
        .noneMatch(name -> DefaultScrubbing.hides(name, "plain"));
  }

  @Test
  void constants_areAllSentBySomeGeneration() throws IllegalAccessException {
    Map<String, String> sent = sent();
    for (Field field : SpanAttributes.class.getDeclaredFields()) {
      if (field.get(null) instanceof AttributeKey<?> key) {
        assertThat(sent).as(field.getName()).containsKey(key.getKey());
      }
    }
  }

  @Test
  void oldSpellings_areDeprecatedInFavourOfTheNewOnesWeSend() {
    Map<String, String> sent = sent();
    for (String old : EXCUSED.keySet()) {
      JsonNode replacement = Conventions.attribute(old).path("deprecated").path("replacement");
      if (!replacement.isMissingNode()) {
        assertThat(sent).containsKey(replacement.stringValue());
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith("broadcast.") || name.startsWith(SpanAttributes.METADATA_PREFIX);
  }

  /** Names and types of all that a rich set of generations sends, resources included. */
  private static Map<String, String> sent() {
    Map<String, String> sent = new TreeMap<>();
    List<TelemetryRecord> records = new ArrayList<>(generations());
    records.add(wrapper());
    for (TelemetryRecord record : records) {
      for (PrivacyMode mode : PrivacyMode.values()) {
        for (SpanData span : Trees.tree(record, mode).withSampling("rate", 0.5).spans()) {
          collect(span.getAttributes(), sent);
          collect(span.getResource().getAttributes(), sent);
        }
      }
    }
    return sent;
  }

  /** A recorded agent with the sums of its calls. */
  private static RecordedTrace wrapper() {
    Generation call = Generations.everything("x").build();
    return new RecordedTrace(
        "wrapper",
        call.routing(),
        call.caller(),
        null,
        null,
        null,
        List.of(
            new RecordedSpan(
                "0000000000000001",
                null,
                new SpanName("invoke_agent", null),
                RecordedSpan.Kind.INTERNAL,
                call.timing(),
                SpanRole.AGENT,
                call.model(),
                call.parameters(),
                call.outcome(),
                call.usage(),
                call.cost(),
                call.exchange(),
                null,
                null,
                Map.of(),
                Map.of())),
        call.corrections());
  }

  private static List<Generation> generations() {
    List<Generation> generations = new ArrayList<>();
    for (ApiType type : ApiType.values()) {
      generations.add(Generations.everything("x").apiType(type).build());
    }
    generations.add(Generations.openRouterExample());
    generations.add(Generations.everything("long ".repeat(20_000)).build());
    generations.add(
        Generations.of("cancelled")
            .outcome(new Outcome("r", List.of(), "n", false, true, null))
            .build());
    GenerationBuilder many = Generations.of("many").traceId("text").parentSpanId("text");
    for (int i = 0; i < 1_200; i++) {
      many.attempt(new Attempt("p", "m", 200, null, null));
      many.tool(new ToolExecution(null, "t", Content.of("description"), null, null, null, null));
    }
    generations.add(many.build());
    return generations;
  }

  private static void collect(Attributes attributes, Map<String, String> sent) {
    attributes.forEach((AttributeKey<?> key, Object value) -> {
      String before = sent.put(key.getKey(), type(key.getType()));
      assertThat(before).as(key.getKey()).isIn(null, type(key.getType()));
    });
  }

  private static String type(AttributeType type) {
    return switch (type) {
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case LONG -> "integer";
      case DOUBLE -> "double";
      case STRING_ARRAY, BOOLEAN_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, VALUE -> "unsupported";
    };
  }
}
