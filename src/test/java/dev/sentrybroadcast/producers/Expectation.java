package dev.sentrybroadcast.producers;

import dev.sentrybroadcast.producers.SentSpan.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must come out of a message, as JSON. All fields are optional:
 *
 * <ul>
 *   <li>{@code calls}: the spans that Sentry counts as model calls, exactly these; each is an object
 *       of values. The sums over all spans follow from them.
 *   <li>{@code spans}: further spans, by {@code span} (their id), with values.
 *   <li>{@code tools}: names of the tools that ran, exactly these; {@code {"name", "error"}} for one
 *       that failed. A tool span directly or indirectly below one of the same name is the same run.
 *   <li>{@code agents}: names of the agents, exactly these; {@code {"atMost": [names]}} for some of
 *       these; {@code {"named": [names]}} for a name that need not be on an agent's span.
 *   <li>{@code toolCalls}: names in tool calls of output messages or on tool spans.
 *   <li>{@code shown}: texts in content that Sentry draws. {@code kept}: texts that are sent.
 *   <li>{@code never}: texts that are not sent. {@code sentInPrivacyMode}: tokens that may be.
 *   <li>{@code count}: how many spans are sent. {@code dropped}: texts in the corrections.
 *   <li>{@code malformed}, {@code ignored}: words of the one reason, instead of spans.
 *   <li>{@code any}: whole expectations, one of which must hold.
 * </ul>
 *
 * <p>A value's key is an attribute, or one of {@code span}, {@code name}, {@code status}, {@code
 * seconds} and {@code finish} (reasons with commas between); {@code a|b} is one or the other. A
 * value is: null for absent; a number, text or boolean for equal; an array for one of these; an
 * object with {@code contains} (texts), {@code lacks} (texts), {@code parts} (pairs of type and text
 * of message parts, in this order), {@code roles} (of messages), {@code messages} (how many) or
 * {@code not} (a value).
 *
 * <p>Content is checked with privacy mode off; all else with it on too. Names that may come from
 * free text (tools, agents) may be absent there.
 */
final class Expectation {

  private static final List<String> SUMS =
      List.of(
          SentSpan.INPUT, SentSpan.OUTPUT, SentSpan.TOTAL, SentSpan.CACHED, SentSpan.COST);

  private final Sent sent;
  private final boolean privacy;
  private final List<String> problems = new ArrayList<>();

  private Expectation(Sent sent, boolean privacy) {
    this.sent = sent;
    this.privacy = privacy;
  }

  /** What differs, each with its kind before a colon; empty where all is as expected. */
  static List<String> problems(JsonNode expected, Sent sent, boolean privacy) {
    if (expected.has("any")) {
      return expected.get("any").valueStream()
          .map(one -> problems(one, sent, privacy))
          .min(Comparator.comparing(List::size))
          .orElseThrow();
    }
    Expectation expectation = new Expectation(sent, privacy);
    expectation.check(expected);
    return expectation.problems;
  }

  private void check(JsonNode expected) {
    reason("malformed", sent.malformed(), expected);
    reason("ignored", sent.ignored(), expected);
    sent.spans().forEach(span -> problems.addAll(span.faults(privacy)));
    if (expected.has("calls")) {
      calls(expected.get("calls"));
    }
    for (JsonNode spec : expected.path("spans")) {
      String id = spec.path("span").asString();
      sent.spans().stream()
          .filter(span -> span.id().equals(id))
          .findFirst()
          .ifPresentOrElse(
              span -> problems.addAll(differences(spec, span)),
              () -> problems.add("spans: " + id + " is not sent"));
    }
    if (expected.has("tools")) {
      tools(expected.get("tools"));
    }
    if (expected.has("agents")) {
      agents(expected.get("agents"));
    }
    if (expected.has("count") && sent.spans().size() != expected.get("count").asInt()) {
      problems.add("spans: " + expected.get("count") + " expected, sent " + sent.spans().size());
    }
    texts(expected);
  }

  private void reason(String kind, List<String> actual, JsonNode expected) {
    if (!expected.has(kind)) {
      actual.forEach(reason -> problems.add("result: " + kind + ": " + reason));
      return;
    }
    for (JsonNode word : expected.get(kind)) {
      if (actual.size() != 1
          || !lower(actual.getFirst()).contains(lower(word.asString()))) {
        problems.add("result: not " + kind + " with " + word + " but " + actual);
      }
    }
  }

  private void calls(JsonNode expected) {
    List<SentSpan> calls = new ArrayList<>(spans(Type.MODEL_CALL));
    if (calls.size() != expected.size()) {
      problems.add(
          "calls: %d expected, sent %d: %s"
              .formatted(
                  expected.size(),
                  calls.size(),
                  calls.stream()
                      .map(span -> span.text(SentSpan.OPERATION) + " of span " + span.id())
                      .toList()));
    }
    for (JsonNode spec : expected) {
      SentSpan best =
          calls.stream()
              .min(Comparator.comparing(span -> distance(spec, span)))
              .orElse(null);
      if (best != null) {
        problems.addAll(differences(spec, best));
        calls.remove(best);
      }
    }
    for (String key : SUMS) {
      double sum = expected.valueStream().mapToDouble(spec -> number(spec.path(key))).sum();
      double actual = sent.spans().stream().mapToDouble(span -> span.number(key)).sum();
      if (!Double.isNaN(sum) && Math.abs(sum - actual) > 1e-9 && hasAny(expected, key)) {
        problems.add("sums: " + key + " is " + actual + " over all spans, not " + sum);
      }
    }
  }

  private static boolean hasAny(JsonNode calls, String key) {
    return calls.isEmpty() || calls.valueStream().allMatch(spec -> spec.has(key));
  }

  /** The number that a value stands for; NaN where several are right. */
  private static double number(JsonNode value) {
    if (value.isArray()) {
      Set<Double> numbers =
          value.valueStream().map(Expectation::number).collect(Collectors.toSet());
      return numbers.size() == 1 ? numbers.iterator().next() : Double.NaN;
    }
    return value.isNumber() ? value.doubleValue() : 0;
  }

  private int distance(JsonNode spec, SentSpan span) {
    JsonNode id = spec.path("span");
    int otherSpan = id.isString() && !id.asString().equals(span.id()) ? 1_000 : 0;
    return otherSpan + differences(spec, span).size();
  }

  private List<String> differences(JsonNode spec, SentSpan span) {
    List<String> found = new ArrayList<>();
    spec.forEachEntry((keys, value) -> {
      List<String> names = List.of(keys.split("\\|"));
      if (privacy && names.stream().anyMatch(SentSpan.CONTENT::contains)) {
        return;
      }
      if (names.stream().noneMatch(key -> matches(value, span, key))) {
        boolean content =
            names.stream().anyMatch(SentSpan.CONTENT::contains) || names.contains("name");
        found.add(
            "value: %s: expected %s%s"
                .formatted(keys, value, content ? "" : ", sent " + span.value(names.getFirst())));
      }
    });
    return found;
  }

  private static boolean matches(JsonNode expected, SentSpan span, String key) {
    if (expected.isArray()) {
      return expected.valueStream().anyMatch(one -> matches(one, span, key));
    }
    Object actual = span.value(key);
    if (expected.isNull() || actual == null) {
      return expected.isNull() && actual == null
          || expected.has("lacks") && expected.size() == 1
          || expected.has("not");
    }
    if (expected.isNumber()) {
      return actual instanceof Number number
          && Math.abs(number.doubleValue() - expected.doubleValue()) <= 1e-9;
    }
    if (!expected.isObject()) {
      return actual.toString().equals(expected.asString());
    }
    String text = actual.toString();
    return expected.path("contains").valueStream().allMatch(one -> text.contains(one.asString()))
        && expected.path("lacks").valueStream().noneMatch(one -> text.contains(one.asString()))
        && (!expected.has("not") || !matches(expected.get("not"), span, key))
        && (!expected.has("messages")
            || span.json(key) instanceof JsonNode messages
                && messages.size() == expected.get("messages").asInt())
        && hasRoles(span.json(key), expected.path("roles"))
        && hasParts(span.parts(key).toList(), expected.path("parts"));
  }

  private static boolean hasRoles(@Nullable JsonNode messages, JsonNode expected) {
    return expected.valueStream()
        .allMatch(role ->
            messages != null
                && messages.valueStream().anyMatch(one -> one.path("role").equals(role)));
  }

  private static boolean hasParts(List<JsonNode> parts, JsonNode expected) {
    int next = 0;
    for (JsonNode pair : expected) {
      while (next < parts.size()
          && !(parts.get(next).path("type").asString("").equals(pair.get(0).asString())
              && parts.get(next).toString().contains(pair.get(1).asString()))) {
        next++;
      }
    }
    return next < parts.size() || expected.isEmpty();
  }

  private void tools(JsonNode expected) {
    List<String> names = expected.valueStream().map(Expectation::name).sorted().toList();
    Map<String, Boolean> failures =
        expected.valueStream()
            .collect(
                Collectors.toMap(
                    Expectation::name, tool -> tool.path("error").asBoolean(false), (a, _) -> a));
    List<SentSpan> tools =
        spans(Type.TOOL).stream().filter(tool -> !isInner(tool)).toList();
    List<String> actual = tools.stream().map(Expectation::toolName).sorted().toList();
    if (privacy
        ? actual.size() != names.size() || !named(actual, failures.keySet())
        : !actual.equals(names)) {
      problems.add("tools: " + names + " expected, sent " + actual);
    }
    for (SentSpan tool : tools) {
      Boolean fails = failures.get(toolName(tool));
      if (fails != null && fails != tool.failed()) {
        problems.add("tools: " + toolName(tool) + (fails ? " has not failed" : " has failed"));
      }
    }
  }

  private static String name(JsonNode tool) {
    return tool.isString() ? tool.asString() : tool.get("name").asString();
  }

  private static String toolName(SentSpan tool) {
    return Objects.requireNonNullElse(tool.text(SentSpan.TOOL_NAME), "");
  }

  private boolean isInner(SentSpan tool) {
    Set<String> seen = new HashSet<>();
    for (SentSpan span = parent(tool); span != null && seen.add(span.id()); span = parent(span)) {
      if (span.type() == Type.TOOL && toolName(span).equals(toolName(tool))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable SentSpan parent(SentSpan span) {
    String id = span.data().getParentSpanId();
    return sent.spans().stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
  }

  private void agents(JsonNode expected) {
    JsonNode names =
        expected.isArray() ? expected : expected.path(expected.has("named") ? "named" : "atMost");
    Set<String> all = names.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    Stream<SentSpan> spans =
        expected.has("named") ? sent.spans().stream() : spans(Type.AGENT).stream();
    Set<String> actual =
        spans
            .map(span -> span.text(SentSpan.AGENT_NAME))
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (privacy || expected.has("atMost") ? !named(actual, all) : !actual.equals(all)) {
      problems.add("agents: " + names + " expected, sent " + actual);
    }
  }

  private static boolean named(Iterable<String> actual, Set<String> all) {
    for (String name : actual) {
      if (!name.isEmpty() && !all.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private void texts(JsonNode expected) {
    for (JsonNode text : expected.path("never")) {
      if (sent.text().contains(text.asString())) {
        problems.add("leak: " + text + " is sent");
      }
    }
    if (privacy) {
      String text = sent.text();
      for (JsonNode allowed : expected.path("sentInPrivacyMode")) {
        text = text.replace(allowed.asString(), "");
      }
      if (text.contains("CANARY")) {
        problems.add("leak: " + Leaks.places(sent, "CANARY\\w*"));
      }
      return;
    }
    String drawn = sent.spans().stream().map(SentSpan::drawn).collect(Collectors.joining("\n"));
    expected.path("shown").valueStream()
        .map(JsonNode::asString)
        .filter(text -> !drawn.contains(text))
        .forEach(text -> problems.add("content: " + text + where(text)));
    expected.path("kept").valueStream()
        .map(JsonNode::asString)
        .filter(text -> !sent.text().contains(text))
        .forEach(text -> problems.add("content: " + text + " is lost"));
    expected.path("dropped").valueStream()
        .map(JsonNode::asString)
        .filter(text -> !sent.corrections().contains(text))
        .forEach(text -> problems.add("corrections: " + text + " is not in them"));
    expected.path("toolCalls").valueStream()
        .map(JsonNode::asString)
        .filter(name -> sent.spans().stream().noneMatch(span -> calls(span, name)))
        .forEach(name -> problems.add("content: no tool call of " + name));
  }

  private String where(String text) {
    return sent.text().contains(text)
        ? " is only in " + Leaks.places(sent, text)
        : " is lost";
  }

  private static boolean calls(SentSpan span, String tool) {
    return span.type() == Type.TOOL && toolName(span).equals(tool)
        || span.parts("gen_ai.output.messages")
            .anyMatch(part ->
                part.path("type").asString("").equals("tool_call")
                    && part.path("name").asString("").equals(tool));
  }

  private List<SentSpan> spans(Type type) {
    return sent.spans().stream().filter(span -> span.type() == type).toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
