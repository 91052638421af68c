package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.Times;
import dev.sentrybroadcast.intake.json.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the values of one span by a vocabulary's names, and remembers which attributes it read. */
final class SpanReading {

  private final OtlpAttributes attributes;
  private final Names names;
  private final Set<String> read = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();

  SpanReading(OtlpSpan span, Names names) {
    this.attributes = span.attributes();
    this.names = names;
  }

  /** Whether the attribute is in a value that was read, or is another spelling of one. */
  boolean isRead(String attribute) {
    return read.contains(attribute) || prefixes.stream().anyMatch(attribute::startsWith);
  }

  private void setRead(String name) {
    if (name.endsWith(".*")) {
      prefixes.add(name.substring(0, name.length() - 1));
    } else if (name.endsWith("}")) {
      read.addAll(Names.inBraces(name));
    } else {
      read.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
    }
  }

  /** Text that is not content, at most 1,024 characters. */
  @Nullable String text(Field field) {
    String text = id(field);
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** Like {@link #text}, but never cut: ids are hashed, and a hash is of the whole text. */
  @Nullable String id(Field field) {
    return first(field, Json::text);
  }

  /** A word of an enumeration; sentences are dropped. */
  @Nullable String word(Field field) {
    return first(field, value -> words(value).findFirst().orElse(null));
  }

  /** Words of an enumeration, in an array, in JSON or one alone. */
  List<String> words(Field field) {
    List<String> found =
        first(
            field,
            value -> {
              List<String> words = words(value).toList();
              return words.isEmpty() ? null : words;
            });
    return found == null ? List.of() : found;
  }

  private static Stream<String> words(JsonValue value) {
    JsonValue said = Json.inText(value);
    return (said.isArray() ? JsonValue.items(said).stream() : Stream.of(said))
        .map(Json::text)
        .<String>mapMulti((text, to) -> {
          String word = text == null ? "" : withoutClass(text.strip());
          if (Words.isWord(word)) {
            to.accept(word);
          }
        })
        .limit(Limits.FINISH_REASONS);
  }

  /** Of an enumeration's constant or class as Python prints it, only its own name. */
  static String withoutClass(String text) {
    String name =
        text.startsWith("<class '") && text.endsWith("'>")
            ? text.substring("<class '".length(), text.length() - 2)
            : text;
    boolean isQualified = !name.equals(text) || name.matches("[A-Z]\\w+\\.[A-Z_]+");
    return isQualified ? name.substring(name.lastIndexOf('.') + 1) : name;
  }

  /** The first positive count, else 0 if one is 0. */
  @Nullable Long count(Field field) {
    return first(field, Numbers::count, Numbers::firstPositive);
  }

  @Nullable Double decimal(Field field) {
    return first(field, Numbers::decimal);
  }

  /** A number that is not negative. */
  @Nullable Double amount(Field field) {
    return first(
        field,
        value -> {
          Double amount = Numbers.decimal(value);
          return amount == null || amount < 0 ? null : amount;
        });
  }

  @Nullable Boolean flag(Field field) {
    return first(
        field,
        value -> {
          if (value instanceof JsonValue.Bool(boolean flag)) {
            return flag;
          }
          boolean isTrue = "true".equalsIgnoreCase(JsonValue.text(value));
          boolean isKnown = isTrue || "false".equalsIgnoreCase(JsonValue.text(value));
          return isKnown ? isTrue : null;
        });
  }

  @Nullable Long time(Field field) {
    return first(field, value -> Times.epochNanos(Json.inText(value)));
  }

  RequestParameters parameters() {
    return new RequestParameters(
        decimal(Field.TEMPERATURE),
        decimal(Field.TOP_P),
        count(Field.TOP_K),
        count(Field.MAX_TOKENS),
        decimal(Field.FREQUENCY_PENALTY),
        decimal(Field.PRESENCE_PENALTY),
        seed(),
        word(Field.REASONING_LEVEL));
  }

  private @Nullable String seed() {
    Double seed = decimal(Field.SEED);
    return seed == null
        ? null
        : seed == Math.rint(seed) ? Long.toString(seed.longValue()) : seed.toString();
  }

  /** Any value that is not blank. Another name with the same value is a copy of it. */
  @Nullable JsonValue content(Field field) {
    JsonValue found = null;
    for (String name : names.of(field)) {
      JsonValue value = attributes.get(name);
      if (value != null && !isRead(name) && !value.isBlank()) {
        found = found == null ? value : found;
        if (value.equals(found)) {
          setRead(name);
        }
      }
    }
    return found;
  }

  private <T> @Nullable T first(Field field, Function<JsonValue, @Nullable T> reader) {
    return first(field, reader, (first, second) -> first == null ? second : first);
  }

  private <T> @Nullable T first(
      Field field, Function<JsonValue, @Nullable T> reader, Choice<T> choice) {
    T found = null;
    for (String name : names.of(field)) {
      JsonValue value = attributes.get(name);
      if (value != null) {
        T one = value.isBlank() ? null : reader.apply(value);
        if (one == null && !value.isBlank()) {
          attributes.drop(name);
        }
        found = choice.of(found, one);
        if (!name.startsWith("trace.metadata.")) {
          setRead(name);
        }
      }
    }
    return found;
  }

  private interface Choice<T> {
    @Nullable T of(@Nullable T first, @Nullable T second);
  }
}
