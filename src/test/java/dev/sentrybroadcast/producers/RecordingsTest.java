package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Exports of real producers: what {@code SCENARIO.expected.json} says happened is what is sent. */
final class RecordingsTest {

  static final Path RECORDINGS = Path.of("src/test/resources/recordings");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Report REPORT = new Report("recordings");

  /** Words of one meaning; an export may use another one than the provider's answer. */
  private static final List<List<String>> FINISH_WORDS =
      List.of(
          List.of("stop", "STOP", "end_turn", "endTurn"),
          List.of(
              "tool_calls",
              "tool-calls",
              "tool_call",
              "TOOL_CALLS",
              "tool_use",
              "toolUse",
              "function_calls",
              "function_call"));

  /** What stands between a name and its value, in JSON and in OTLP's JSON. */
  private static final String IS =
      "[\\s\":,{}\\[\\]]*(?:(?:value|values|arrayValue|stringValue|intValue|doubleValue)"
          + "[\\s\":,{}\\[\\]]*)*";

  private static final Pattern FINISH =
      Pattern.compile("(?i)(?:finish|stop|done)_?reasons?\\b" + IS + "([\\w-]+)");

  /** Stands in no message of the export, only within the response that is kept as a whole. */
  private static final Set<String> IN_NO_MESSAGE =
      Set.of("CANARYopeninferencegooglegenaiautotoolsRESULT");

  static Stream<String> recordings() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDINGS)) {
      return files
          .map(file -> RECORDINGS.relativize(file).toString())
          .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  static String message(String name) throws IOException {
    return Files.readString(RECORDINGS.resolve(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void export_ofAProducer_isWhatHappened(String name) throws IOException {
    String message = message(name);
    JsonNode happened =
        JSON.readTree(Files.readString(RECORDINGS.resolve(name + ".expected.json")));
    JsonNode expected = expectation(happened, message);
    List<String> problems = REPORT.add(name, expected, message);
    assertThat(problems).isEmpty();
  }

  @AfterAll
  static void report() {
    REPORT.write();
  }

  private static ObjectNode expectation(JsonNode happened, String message) {
    String plain = message.replace("\\", "");
    ObjectNode expected = JSON.createObjectNode();
    ArrayNode calls = expected.putArray("calls");
    for (JsonNode call : happened.get("model_calls")) {
      ObjectNode values = call(call, plain);
      copy(happened, "session", values, "session.id|gen_ai.conversation.id");
      copy(happened, "user", values, "user.id");
      calls.add(values);
    }
    expected.set("tools", happened.get("tools"));
    if (happened.path("no_agent_span").asBoolean(false)) {
      expected.putObject("agents").set("named", happened.get("agents"));
    } else if (!happened.path("note").asString("").contains("only in a span's name")) {
      expected.set("agents", happened.get("agents"));
    }
    happened.path("tools_in_messages").valueStream()
        .map(tool -> tool.get("name"))
        .filter(tool -> message.contains(tool.asString()))
        .forEach(tool -> expected.withArray("toolCalls").add(tool));
    happened.path("canaries_shown")
        .forEach(canary ->
            expected
                .withArray(IN_NO_MESSAGE.contains(canary.asString()) ? "kept" : "shown")
                .add(canary));
    happened.path("canaries_kept").forEach(canary -> expected.withArray("kept").add(canary));
    JsonNode spans = JSON.readTree(message).path("resourceSpans");
    if (spans.isArray()) {
      expected.put("count", spans.findValues("spanId").size());
    }
    return expected;
  }

  private static ObjectNode call(JsonNode call, String message) {
    String model = call.get("model").asString();
    String answered = call.path("response_model").asString(model);
    JsonNode real = call.path("true");
    ObjectNode values = JSON.createObjectNode();
    String operation = call.get("operation").asString();
    ArrayNode operations = anyOf(values, SentSpan.OPERATION, operation);
    ArrayNode ops = anyOf(values, "sentry.op", "gen_ai." + operation);
    if (model.startsWith("gemini")) {
      operations.add("generate_content");
      ops.add("gen_ai.generate_content");
    }

    String shortModel = model.substring(model.indexOf('.') + 1); // of "anthropic.claude-…"
    boolean named = Pattern.compile(Pattern.quote(shortModel) + "(?![\\w-])").matcher(message).find();
    ArrayNode models = anyOf(values, "gen_ai.request.model", model, answered);
    models.add(message.contains(model + "\"") ? model : shortModel);
    if (!named) {
      models.addNull();
    }
    ArrayNode answers = anyOf(values, "gen_ai.response.model", answered);
    if (!message.contains(answered) || !call.has("response_model")) {
      answers.add(model).add(shortModel).addNull();
    } else if (call.get("response_model").isNull()) {
      answers.add(real.path("response_model")).addNull();
    }

    reported(values, SentSpan.INPUT, call.get("input_tokens"), real.path("input_tokens"), message);
    reported(values, SentSpan.OUTPUT, call.get("output_tokens"), real.path("output_tokens"), message);
    reported(values, SentSpan.CACHED, call.path("cached"), real.path("cached"), message);
    reported(values, SentSpan.WRITTEN, call.path("cache_written"), real.path("cache_written"), message);
    JsonNode reasoning = call.path("reasoning");
    if (!reasoning.isMissingNode()) {
      boolean said =
          Pattern.compile("(?i)(?:reason|thought)[\\w.]*" + IS + reasoning + "\\b")
              .matcher(message)
              .find();
      anyOf(values, SentSpan.REASONING).add(reasoning).add(said ? reasoning : JSON.nullNode());
    }
    copy(call, "cost", values, SentSpan.COST);
    if (call.path("stream").isBoolean()) {
      anyOf(values, "gen_ai.response.streaming").add(call.get("stream")).addNull();
    }
    finish(values, call.path("finish").asString(real.path("finish").asString("")), message);
    error(values, call.path("error"));
    return values;
  }

  /** Zero may be left out. What the export does not say is absent, or what really happened. */
  private static void reported(
      ObjectNode values, String key, JsonNode said, JsonNode real, String message) {
    if (said.isMissingNode()) {
      return;
    }
    ArrayNode any = anyOf(values, key).add(said);
    if (!real.isMissingNode()) {
      any.add(real);
    }
    if (said.isNull() && Pattern.compile(Pattern.quote(key) + IS + "0\\b").matcher(message).find()) {
      any.add(0);
    }
    if (said.asInt(1) == 0) {
      any.addNull();
    }
  }

  /** The reason in any of its spellings; where the export has another or none, that or none. */
  private static void finish(ObjectNode values, String reason, String message) {
    Set<String> said = new LinkedHashSet<>();
    Matcher matcher = FINISH.matcher(message);
    while (matcher.find()) {
      said.addAll(spellings(matcher.group(1)));
    }
    ArrayNode any = anyOf(values, "finish");
    spellings(reason).forEach(any::add);
    if (!said.contains(reason)) {
      said.forEach(any::add);
      any.addNull();
    }
  }

  private static List<String> spellings(String reason) {
    return FINISH_WORDS.stream()
        .filter(words -> words.contains(reason))
        .findFirst()
        .orElse(List.of(reason, reason.toLowerCase(Locale.ROOT)));
  }

  private static void error(ObjectNode values, JsonNode error) {
    if (error.isNull() || error.isMissingNode()) {
      values.put("status", "UNSET").putNull("error.type");
      return;
    }
    values.put("status", "ERROR");
    if (error.path("type").isString()) {
      anyOf(values, "error.type").add(error.get("type")).addNull();
    }
    if (error.path("status").isNumber()) {
      anyOf(values, "http.response.status_code").add(error.get("status")).addNull();
    }
  }

  private static ArrayNode anyOf(ObjectNode values, String key, String... texts) {
    ArrayNode any = values.putArray(key);
    for (String text : texts) {
      any.add(text);
    }
    return any;
  }

  private static void copy(JsonNode from, String field, ObjectNode to, String key) {
    if (from.hasNonNull(field)) {
      to.set(key, from.get(field));
    }
  }
}
