package dev.sentrybroadcast.producers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What must come out of a message, as JSON. All fields are optional:
 *
 * <ul>
 *   <li>{@code calls}: the spans that Sentry counts as model calls, exactly these; each is an
 *       object of values. The sums over all spans follow from them.
 *   <li>{@code spans}: further spans by {@code span}, their id, with values.
 *   <li>{@code tools}: names of the tools that ran, exactly these; {@code {"name", "error"}} for
 *       one that failed. A tool's span directly below one of the same name is the same run.
 *   <li>{@code agents}: names of the agents, exactly these; {@code {"atMost": […]}} for some of
 *       these; {@code {"named": […]}} for names that need not be on an agent's span.
 *   <li>{@code toolCalls}: names in tool calls of output messages or on spans of tools.
 *   <li>{@code asked}: texts in the input messages of a model call. {@code shown}: texts in content
 *       that Sentry draws. {@code kept}: texts that are sent.
 *   <li>{@code never}: texts that are not sent. {@code sentInPrivacyMode}: tokens that may be.
 *   <li>{@code count}: how many spans are sent. {@code dropped}: texts in the corrections.
 *   <li>{@code malformed}, {@code ignored}: words of the one reason.
 *   <li>{@code any}: whole expectations, one of which must hold.
 * </ul>
 *
 * <p>Content is checked with privacy mode off, all else in both modes. Names of tools and agents
 * may be absent in privacy mode, as they may come from a span's name. No token {@code CANARY…}
 * leaves in privacy mode.
 */
final class Expectation {

  private static final List<String> SUMS =
      List.of(SentSpan.INPUT, SentSpan.OUTPUT, SentSpan.TOTAL, SentSpan.CACHED, SentSpan.COST);

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
      return expected
          .get("any")
          .valueStream()
          .map(one -> problems(one, sent, privacy))
          .min(Comparator.comparingInt(List::size))
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
      List<SentSpan> spans = spans(span -> span.id().equals(id));
      spans.forEach(span -> problems.addAll(SpanValues.differences(spec, span, privacy)));
      if (spans.isEmpty()) {
        problems.add("spans: " + id + " is not sent");
      }
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
    each(expected, "never", text -> !sent.text().contains(text), "leak: %s is sent");
    if (privacy) {
      String text =
          strings(expected.path("sentInPrivacyMode"))
              .reduce(sent.text(), (all, allowed) -> all.replace(allowed, ""));
      if (text.contains("CANARY")) {
        problems.add(
            "leak: content leaves in " + sent.spans().stream().flatMap(SentSpan::leaks).toList());
      }
      return;
    }
    String drawn = sent.spans().stream().map(SentSpan::drawn).collect(Collectors.joining("\n"));
    String asked =
        spans(span -> span.type().equals(SentSpan.MODEL_CALL)).stream()
            .map(span -> span.text("gen_ai.input.messages"))
            .collect(Collectors.joining());
    each(expected, "asked", asked::contains, "content: %s is in no model call's input");
    each(expected, "kept", sent.text()::contains, "content: %s is lost");
    each(expected, "shown", drawn::contains, "content: %s is lost or not drawn");
    each(expected, "dropped", sent.corrections()::contains, "corrections: %s is not in them");
    each(expected, "toolCalls", this::isCalled, "content: no tool call of %s");
  }

  private void each(JsonNode expected, String field, Predicate<String> holds, String problem) {
    strings(expected.path(field))
        .filter(holds.negate())
        .forEach(text -> problems.add(problem.formatted(text)));
  }

  private void reason(String kind, List<String> actual, JsonNode expected) {
    if (!expected.has(kind)) {
      actual.forEach(reason -> problems.add("result: " + kind + ": " + reason));
    }
    String reasons = actual.toString().toLowerCase(Locale.ROOT);
    each(expected, kind, word -> reasons.contains(word), "result: not " + kind + " with %s");
  }

  private void calls(JsonNode expected) {
    List<SentSpan> calls = new ArrayList<>(spans(span -> span.type().equals(SentSpan.MODEL_CALL)));
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
      calls.stream()
          .min(Comparator.comparingInt(span -> SpanValues.differences(spec, span, privacy).size()))
          .ifPresent(best -> {
            problems.addAll(SpanValues.differences(spec, best, privacy));
            calls.remove(best);
          });
    }
    for (String key : SUMS) {
      double sum = expected.valueStream().mapToDouble(spec -> number(spec.path(key))).sum();
      double actual = sent.spans().stream().mapToDouble(span -> span.number(key)).sum();
      if (expected.valueStream().allMatch(spec -> spec.has(key)) && Math.abs(sum - actual) > 1e-9) {
        problems.add("sums: " + key + " is " + actual + " over all spans, not " + sum);
      }
    }
  }

  /** The number that a value stands for; NaN where several are right. */
  private static double number(JsonNode value) {
    Set<Double> numbers = value.valueStream().map(Expectation::number).collect(Collectors.toSet());
    return switch (numbers.size()) {
      case 0 -> value.asDouble(0);
      case 1 -> numbers.iterator().next();
      default -> Double.NaN;
    };
  }

  private void tools(JsonNode expected) {
    List<String> names = expected.valueStream().map(Expectation::tool).sorted().toList();
    Set<String> failures =
        expected
            .valueStream()
            .filter(tool -> tool.path("error").asBoolean(false))
            .map(Expectation::tool)
            .collect(Collectors.toSet());
    List<SentSpan> tools = spans(span -> span.type().equals(SentSpan.TOOL) && !isInner(span));
    List<String> actual = tools.stream().map(Expectation::tool).sorted().toList();
    if (!actual.equals(names)
        && !(privacy && actual.size() == names.size() && areAbsentOrIn(actual, names))) {
      problems.add("tools: " + names + " expected, sent " + actual);
    }
    tools.stream()
        .filter(tool -> names.contains(tool(tool)))
        .filter(tool -> tool.failed() != failures.contains(tool(tool)))
        .forEach(tool -> problems.add("tools: " + tool(tool) + " failed: " + tool.failed()));
  }

  private static String tool(JsonNode tool) {
    return tool.isObject() ? tool.get("name").asString() : tool.asString();
  }

  private static String tool(SentSpan span) {
    return span.text("gen_ai.tool.name");
  }

  /** Below another tool of its name: two instrumentations saw one run. */
  private boolean isInner(SentSpan tool) {
    return sent.spans().stream()
        .anyMatch(span ->
            span.id().equals(tool.data().getParentSpanId())
                && span.type().equals(SentSpan.TOOL)
                && tool(span).equals(tool(tool)));
  }

  private void agents(JsonNode expected) {
    boolean anywhere = expected.has("named");
    List<String> names =
        strings(expected.isArray() ? expected : expected.iterator().next()).toList();
    Set<String> actual =
        spans(span -> anywhere || span.type().equals(SentSpan.AGENT)).stream()
            .map(span -> span.text("gen_ai.agent.name"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    boolean all = privacy || expected.has("atMost") || actual.containsAll(names);
    if (!all || !areAbsentOrIn(actual, names)) {
      problems.add("agents: " + names + " expected, sent " + actual);
    }
  }

  private static boolean areAbsentOrIn(Iterable<String> actual, List<String> names) {
    for (String name : actual) {
      if (!name.isEmpty() && !names.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean isCalled(String tool) {
    Stream<String> asked =
        sent.spans().stream()
            .flatMap(span -> span.parts("gen_ai.output.messages"))
            .filter(part -> part.path("type").asString("").equals("tool_call"))
            .map(part -> part.path("name").asString(""));
    return Stream.concat(asked, sent.spans().stream().map(Expectation::tool))
        .anyMatch(tool::equals);
  }

  private List<SentSpan> spans(Predicate<SentSpan> which) {
    return sent.spans().stream().filter(which).toList();
  }

  static Stream<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString);
  }
}
