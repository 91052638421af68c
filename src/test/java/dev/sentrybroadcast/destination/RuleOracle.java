package dev.sentrybroadcast.destination;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** The rules of docs/choosing.md once more, written without a look at the product's. */
final class RuleOracle {

  private RuleOracle() {}

  static final List<String> TEXT_FIELDS =
      List.of(
          "model",
          "provider",
          "session_id",
          "user_id",
          "api_key_name",
          "finish_reason",
          "input",
          "output",
          "environment",
          "release",
          "tag",
          "status",
          "api_type",
          "trace.metadata.team",
          "trace.metadata.tries",
          "trace.metadata.score",
          "trace.metadata.beta");

  static final List<String> NUMBER_FIELDS =
      List.of("total_cost", "total_tokens", "prompt_tokens", "completion_tokens", "latency_ms");

  /** What a value must be like: both texts, or both numbers where either is one. */
  private static final Map<String, BiPredicate<Object, Object>> POSITIVE =
      Map.ofEntries(
          Map.entry("equals", (given, value) -> order(given, value) == 0),
          Map.entry("contains", (given, value) -> text(given).contains(text(value))),
          Map.entry("starts_with", (given, value) -> text(given).indexOf(text(value)) == 0),
          Map.entry("ends_with", (given, value) -> text(given).endsWith(text(value))),
          Map.entry(
              "regex", (given, value) -> Pattern.compile(text(value)).matcher(text(given)).find()),
          Map.entry("gt", (given, value) -> order(given, value) == 1),
          Map.entry("lt", (given, value) -> order(given, value) == -1),
          Map.entry("gte", (given, value) -> List.of(0, 1).contains(order(given, value))),
          Map.entry("lte", (given, value) -> List.of(0, -1).contains(order(given, value))));

  static final List<String> OPERATORS =
      List.of(
          "equals",
          "not_equals",
          "contains",
          "not_contains",
          "regex",
          "starts_with",
          "ends_with",
          "gt",
          "lt",
          "gte",
          "lte",
          "exists",
          "not_exists");

  /**
   * Whether a field with these values matches.
   *
   * @param values texts and numbers; none: the field is absent
   */
  static boolean matches(List<Object> values, String operator, Object value) {
    if (operator.equals("exists") || operator.equals("not_exists")) {
      return values.isEmpty() == operator.startsWith("not_");
    }
    boolean negative = operator.startsWith("not_");
    BiPredicate<Object, Object> like =
        Objects.requireNonNull(
            POSITIVE.get(negative ? operator.substring("not_".length()) : operator));
    boolean found = false;
    for (Object given : values) {
      found |= like.test(given, value);
    }
    return found != negative;
  }

  /** Whether such a rule can be saved at all. */
  static boolean isValid(String field, String operator, Object value) {
    boolean compares = List.of("equals", "not_equals", "gt", "lt", "gte", "lte").contains(operator);
    if (compares && NUMBER_FIELDS.contains(field)) {
      return !Double.isNaN(number(value));
    }
    if (compares && field.equals("status")) {
      return value.equals("ok") || value.equals("error");
    }
    return true;
  }

  /** 99 where they cannot be compared. */
  private static int order(Object given, Object value) {
    if (given instanceof Number || value instanceof Number) {
      double left = number(given);
      double right = number(value);
      return Double.isNaN(left) || Double.isNaN(right) ? 99 : Double.compare(left, right);
    }
    return Integer.signum(given.toString().compareTo(value.toString()));
  }

  private static double number(Object value) {
    try {
      return Double.parseDouble(value.toString());
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static String text(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : value.toString();
  }
}
