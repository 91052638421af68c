package dev.sentrybroadcast.destination;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sentrybroadcast.generation.Scalar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a filter: a field of a record is compared with a value. A field that is absent
 * matches only {@code not_equals}, {@code not_contains} and {@code not_exists}. Of a field with
 * several values one must match; with a negative operator none may be like the value.
 *
 * @param path of the rule in the secret
 * @param field one of {@link RecordValues#FIELDS}, or {@code trace.metadata.} and a key
 * @param text the value as a text
 * @param number the value as a number; null where it does not look like one
 * @param isNumber whether it is written as a number: then a text that is none does not match
 * @param regex the compiled value; null for other operators than {@code regex}
 */
record Rule(
    String path,
    String field,
    Operator operator,
    String text,
    @Nullable BigDecimal number,
    boolean isNumber,
    @Nullable Pattern regex)
    implements Condition {

  private static final int REGEX_CHARACTERS = 1_000;

  /** RE2 unrolls repetitions, so nested ones would fill the memory. */
  private static final long REGEX_REPETITIONS = 10_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("(\\)?)\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  /** As many as a double holds: 0.1 + 0.2 is 0.3. */
  private static final MathContext DIGITS = new MathContext(15);

  /** Small enough to be written without an exponent. */
  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

  /** The operators of OpenRouter's filter rules. */
  enum Operator {
    EQUALS,
    NOT_EQUALS,
    CONTAINS,
    NOT_CONTAINS,
    REGEX,
    STARTS_WITH,
    ENDS_WITH,
    GT,
    LT,
    GTE,
    LTE,
    EXISTS,
    NOT_EXISTS;

    static final List<String> NAMES = Arrays.stream(values()).map(Operator::json).toList();

    String json() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean compares() {
      return switch (this) {
        case EQUALS, NOT_EQUALS, GT, LT, GTE, LTE -> true;
        case CONTAINS, NOT_CONTAINS, REGEX, STARTS_WITH, ENDS_WITH, EXISTS, NOT_EXISTS -> false;
      };
    }
  }

  /** Reads {@code {"field", "operator", "value"}}. */
  static Rule read(SecretValue rule) throws InvalidJsonException {
    if (rule.isNull()) {
      throw rule.expected("an object with field, operator, value");
    }
    rule.allowOnly("field", "operator", "value");
    String field = rule.get("field").text();
    if (field == null || !RecordValues.isField(field)) {
      throw rule.get("field")
          .expected(
              "one of "
                  + String.join(", ", RecordValues.FIELDS)
                  + ", trace.metadata.{key}"
                  + SecretValue.unlike(field));
    }
    String operator = rule.get("operator").oneOf("", Operator.NAMES);
    if (operator.isEmpty()) {
      throw rule.get("operator").expected("one of " + String.join(", ", Operator.NAMES));
    }
    return of(
        rule.path(), field, Operator.valueOf(operator.toUpperCase(Locale.ROOT)), rule.get("value"));
  }

  /** Checks the value for this field and operator. */
  static Rule of(String path, String field, Operator operator, SecretValue given)
      throws InvalidJsonException {
    if (operator == Operator.EXISTS || operator == Operator.NOT_EXISTS) {
      return new Rule(path, field, operator, "", null, false, null);
    }
    SecretValue value = RecordValues.isMetadata(field) ? given.flagAsText() : given;
    String literal = value.numberText();
    BigDecimal number = literal == null ? number(value.text()) : number(literal);
    if (operator.compares() && number == null && RecordValues.isNumeric(field)) {
      throw value.expected("a number, because " + field + " is one");
    }
    if (literal != null && number == null) {
      throw value.expected("a number of at most 60 digits, and an exponent of at most 99");
    }
    String text = literal == null || number == null ? value.text() : plain(number);
    if (text == null) {
      throw value.expected("a text or a number");
    }
    if (operator.compares() && field.equals("status") && !List.of("ok", "error").contains(text)) {
      throw value.expected("ok or error, because status is one of them");
    }
    Pattern regex = operator == Operator.REGEX ? compile(text, value) : null;
    return new Rule(path, field, operator, text, number, literal != null, regex);
  }

  private static Pattern compile(String text, SecretValue value) throws InvalidJsonException {
    long repetitions = 1;
    long largest = 1;
    for (MatchResult found : REPETITION.matcher(text).results().toList()) {
      String most = Objects.requireNonNullElse(found.group(3), "");
      long times = Math.max(1, Long.parseLong(most.isEmpty() ? found.group(2) : most));
      if (found.group(1).isEmpty()) {
        largest = Math.max(largest, times);
      } else {
        repetitions = Math.min(REGEX_REPETITIONS, repetitions * times);
      }
    }
    try {
      if (text.length() <= REGEX_CHARACTERS && repetitions * largest < REGEX_REPETITIONS) {
        return Pattern.compile(text);
      }
    } catch (PatternSyntaxException _) {
      // Its message quotes the expression.
    }
    throw value.expected(
        "a regular expression of RE2, of at most "
            + REGEX_CHARACTERS
            + " characters, whose nested repetitions multiply to less than "
            + REGEX_REPETITIONS);
  }

  @Override
  public boolean matches(RecordValues record) {
    return record.test(this);
  }

  @Override
  public Stream<Rule> rules() {
    return Stream.of(this);
  }

  /** Whether a field with these values matches; none: it is absent. */
  boolean matches(List<Scalar> values) {
    return switch (operator) {
      case EXISTS -> !values.isEmpty();
      case NOT_EXISTS -> values.isEmpty();
      case NOT_EQUALS -> values.stream().noneMatch(value -> is(Operator.EQUALS, value));
      case NOT_CONTAINS -> values.stream().noneMatch(value -> is(Operator.CONTAINS, value));
      case EQUALS, CONTAINS, REGEX, STARTS_WITH, ENDS_WITH, GT, LT, GTE, LTE ->
          values.stream().anyMatch(value -> is(operator, value));
    };
  }

  private boolean is(Operator positive, Scalar value) {
    if (positive.compares()) {
      Integer order = order(value);
      return order != null
          && switch (positive) {
            case GT -> order > 0;
            case LT -> order < 0;
            case GTE -> order >= 0;
            case LTE -> order <= 0;
            default -> order == 0;
          };
    }
    String given = text(value);
    return switch (positive) {
      case REGEX -> regex != null && regex.matcher(given).find();
      case STARTS_WITH -> given.startsWith(text);
      case ENDS_WITH -> given.endsWith(text);
      default -> given.contains(text);
    };
  }

  /** As numbers where either is one, else as texts; null where they cannot be compared. */
  private @Nullable Integer order(Scalar value) {
    BigDecimal given =
        switch (value) {
          case Scalar.Whole(long whole) -> BigDecimal.valueOf(whole);
          case Scalar.Decimal(double decimal) when Double.isFinite(decimal) -> rounded(decimal);
          case Scalar.Text(String words) when isNumber -> number(words);
          case Scalar.Decimal _, Scalar.Text _, Scalar.Flag _ -> null;
        };
    if (given != null || isNumber) {
      return given == null || number == null
          ? null
          : given.compareTo(value instanceof Scalar.Decimal ? number.round(DIGITS) : number);
    }
    return text(value).compareTo(text);
  }

  private static String text(Scalar value) {
    return switch (value) {
      case Scalar.Text(String words) -> words;
      case Scalar.Whole(long whole) -> Long.toString(whole);
      case Scalar.Decimal(double decimal) ->
          Double.isFinite(decimal) ? plain(rounded(decimal)) : "";
      case Scalar.Flag(boolean flag) -> Boolean.toString(flag);
    };
  }

  private static BigDecimal rounded(double decimal) {
    return BigDecimal.valueOf(decimal).round(DIGITS);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Rule[" + path + "]";
  }
}
