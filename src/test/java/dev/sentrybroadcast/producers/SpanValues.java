package dev.sentrybroadcast.producers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Values that a span must have, as a JSON object.
 *
 * <p>A value's key is an attribute, or {@code span}, {@code status}, {@code seconds} or {@code
 * finish} (reasons with commas between); {@code a|b} is one or the other. A value is: null for
 * absent; a number, text or boolean for equal; an array for one of these; an object with {@code
 * contains} and {@code lacks} (texts), {@code parts} (pairs of type and text, in this order),
 * {@code messages} (how many), or {@code not} (a value).
 */
final class SpanValues {

  private SpanValues() {}

  /** Which values differ; content only with privacy mode off. */
  static List<String> differences(JsonNode spec, SentSpan span, boolean privacy) {
    List<String> found = new ArrayList<>();
    spec.forEachEntry((keys, value) -> {
      List<String> names = List.of(keys.split("\\|"));
      boolean content = names.stream().anyMatch(SentSpan.CONTENT::contains);
      if (!(content && privacy) && names.stream().noneMatch(key -> matches(value, span, key))) {
        Object actual = content ? "something else" : span.value(names.getFirst());
        String difference = "value: %s: expected %s, sent %s".formatted(keys, value, actual);
        // A call that names its span is compared with no other.
        found.addAll(Collections.nCopies(keys.equals("span") ? 99 : 1, difference));
      }
    });
    return found;
  }

  private static boolean matches(JsonNode expected, SentSpan span, String key) {
    if (expected.isArray()) {
      return expected.valueStream().anyMatch(one -> matches(one, span, key));
    }
    Object actual = span.value(key);
    if (expected.has("not")) {
      return !matches(expected.get("not"), span, key);
    }
    if (expected.isNull() || actual == null) {
      return expected.isNull() && actual == null;
    }
    if (expected.isNumber()) {
      return actual instanceof Number number
          && Math.abs(number.doubleValue() - expected.doubleValue()) <= 1e-9;
    }
    String text = actual.toString().replace("\": ", "\":");
    return !expected.isObject()
        ? text.equals(expected.asString())
        : Expectation.strings(expected.path("contains")).allMatch(text::contains)
            && Expectation.strings(expected.path("lacks")).noneMatch(text::contains)
            && expected.path("messages").asLong(span.items(key).count()) == span.items(key).count()
            && hasParts(span.parts(key).toList(), expected.path("parts"));
  }

  private static boolean hasParts(List<JsonNode> parts, JsonNode expected) {
    int next = 0;
    for (JsonNode pair : expected) {
      while (next < parts.size()
          && !(parts.get(next).path("type").equals(pair.get(0))
              && parts.get(next).toString().contains(pair.get(1).asString()))) {
        next++;
      }
    }
    return next < parts.size() || expected.isEmpty();
  }
}
