package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Exports of real producers: what {@code SCENARIO.expected.json} says happened is what is sent. */
final class RecordingsTest {

  private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Report REPORT = new Report("recordings");

  /** Words of one meaning; an export may use another one than the provider's answer. */
  private static final List<List<String>> FINISH_WORDS =
      List.of(
          List.of("stop", "STOP", "end_turn", "endTurn"),
          List.of("tool_calls", "tool-calls", "tool_call", "TOOL_CALLS", "tool_use", "toolUse"),
          List.of("function_calls", "function_call", "tool_calls", "tool_call"));

  /** What stands between a name and its value, in JSON and in OTLP's JSON. */
  private static final String IS = "(?:[\\s\":,{}\\[\\]]|value|values|\\w+Value)*?";

  private static final Pattern FINISH =
      Pattern.compile(
          "(?:finish|stop)_?[rR]easons?\" *:?,?" + IS + "\\b(?!value|\\w+Value)([\\w-]+)");

  /** Stands in no message of the export, only within the response that is kept as a whole. */
  private static final Set<String> IN_NO_MESSAGE =
      Set.of("CANARYopeninferencegooglegenaiautotoolsRESULT");

  static List<String> recordings() throws IOException {
    return names(RECORDINGS);
  }

  /** The messages in a folder, without {@code .json}. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  static String message(String name) throws IOException {
    return Files.readString(RECORDINGS.resolve(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void export_ofAProducer_isWhatHappened(String name) throws IOException {
    String message = message(name);
    String happened = Files.readString(RECORDINGS.resolve(name + ".expected.json"));
    assertThat(REPORT.add(name, expectation(JSON.readTree(happened), message), message)).isEmpty();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write("");
  }

  private static ObjectNode expectation(JsonNode happened, String message) {
    ObjectNode expected = JSON.createObjectNode();
    expected.putArray("calls");
    for (JsonNode call : happened.get("model_calls")) {
      ObjectNode values = call(call, message.replace("\\", ""));
      copy(
          call.has("session") ? call : happened,
          "session",
          values,
          "session.id|gen_ai.conversation.id");
      copy(call.has("user") ? call : happened, "user", values, "user.id");
      expected.withArray("calls").add(values);
    }
    expected.set("tools", happened.get("tools"));
    if (happened.path("no_agent_span").asBoolean(false)) {
      expected.putObject("agents").set("named", happened.get("agents"));
    } else if (!happened.path("note").asString("").contains("only in a span's name")) {
      expected.set("agents", happened.get("agents"));
    }
    happened
        .path("tools_in_messages")
        .valueStream()
        .filter(tool -> message.contains(tool.get("name").asString()))
        .forEach(tool -> expected.withArray("toolCalls").add(tool.get("name")));
    for (JsonNode canary : happened.path("canaries_shown")) {
      String field = IN_NO_MESSAGE.contains(canary.asString()) ? "kept" : "shown";
      expected.withArray(field).add(canary);
      if (canary.asString().matches(".*(USER|User)") && !happened.get("model_calls").isEmpty()) {
        expected.withArray("asked").add(canary);
      }
    }
    happened.path("canaries_kept").forEach(canary -> expected.withArray("kept").add(canary));
    if (JSON.readTree(message).has("resourceSpans")) {
      expected.put("count", JSON.readTree(message).findValues("spanId").size());
    }
    return expected;
  }

  private static ObjectNode call(JsonNode call, String message) {
    ObjectNode values = JSON.createObjectNode();
    JsonNode real = call.path("true");
    String model = call.get("model").asString();
    String answered = call.path("response_model").asString(model);
    String shortName = model.substring(model.indexOf('.') + 1); // of "anthropic.claude-…"
    String operation = call.get("operation").asString();
    String other = model.startsWith("gemini") ? "generate_content" : operation;
    any(values, SentSpan.OPERATION, operation, other);
    any(values, "sentry.op", "gen_ai." + operation, "gen_ai." + other);
    // An export may have the model that was asked for, the one that answered, or a short name.
    any(values, "gen_ai.request.model", model, answered);
    any(values, "gen_ai.response.model", answered);
    if (!has(message, Pattern.quote(model) + "(?![\\w-])")) {
      any(values, "gen_ai.request.model", shortName, null);
    }
    if (!call.hasNonNull("response_model") || !message.contains(answered)) {
      String answeredReally = real.path("response_model").asString(model);
      any(values, "gen_ai.response.model", model, shortName, answeredReally, null);
    }
    tokens(values, SentSpan.INPUT, call.path("input_tokens"), real.path("input_tokens"), message);
    tokens(
        values, SentSpan.OUTPUT, call.path("output_tokens"), real.path("output_tokens"), message);
    tokens(values, SentSpan.CACHED, call.path("cached"), real.path("cached"), message);
    tokens(values, SentSpan.WRITTEN, call.path("cache_written"), real.path("cache_written"), "");
    String reasoning = IS + "\\b" + call.path("reasoning") + "\\b";
    if (copy(call, "reasoning", values, SentSpan.REASONING)
        && !has(message, "(?i)(?:reason|thought)[\\w.]*" + reasoning)) {
      any(values, SentSpan.REASONING, (String) null);
    }
    copy(call, "cost", values, SentSpan.COST);
    if (copy(call, "stream", values, "gen_ai.response.streaming")) {
      any(values, "gen_ai.response.streaming", (String) null);
    }
    finish(values, call.path("finish").asString(real.path("finish").asString("")), message);
    boolean failed = call.hasNonNull("error");
    any(values, "status", failed ? "ERROR" : "UNSET");
    if (!failed) {
      any(values, "error.type", (String) null);
    }
    copy(call.path("error"), "type", values, "error.type");
    copy(call.path("error"), "status", values, "http.response.status_code");
    return values;
  }

  /** What the export does not say is absent or what really happened. Zero may be absent. */
  private static void tokens(
      ObjectNode values, String key, JsonNode said, JsonNode real, String message) {
    if (said.isMissingNode()) {
      return;
    }
    ArrayNode any = values.withArray(key).add(said);
    if (!real.isMissingNode()) {
      any.add(real);
    }
    if (said.asInt(1) == 0) {
      any.addNull();
    }
    if (said.isNull() && has(message, Pattern.quote(key) + IS + "\\b0\\b")) {
      any.add(0);
    }
  }

  /** The reason in any of its spellings; where the export has another or none, that or none. */
  private static void finish(ObjectNode values, String reason, String message) {
    Set<String> said =
        FINISH
            .matcher(message)
            .results()
            .flatMap(match -> spellings(match.group(1)))
            .collect(Collectors.toSet());
    spellings(reason).forEach(word -> any(values, "finish", word));
    if (!said.contains(reason)) {
      said.forEach(word -> any(values, "finish", word));
      any(values, "finish", (String) null);
    }
  }

  private static Stream<String> spellings(String reason) {
    return Stream.concat(
        Stream.of(reason),
        FINISH_WORDS.stream().filter(words -> words.contains(reason)).flatMap(List::stream));
  }

  private static boolean has(String message, String regex) {
    return Pattern.compile(regex).matcher(message).find();
  }

  /** One of these texts; null for absent. */
  private static void any(ObjectNode values, String key, @Nullable String... texts) {
    for (String text : texts) {
      values.withArray(key).add(text);
    }
  }

  private static boolean copy(JsonNode from, String field, ObjectNode to, String key) {
    if (from.hasNonNull(field)) {
      to.putArray(key).add(from.get(field));
    }
    return from.hasNonNull(field);
  }
}
