package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.Usages;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import dev.sentrybroadcast.intake.json.Words;
import dev.sentrybroadcast.intake.record.Costs;
import dev.sentrybroadcast.intake.record.Timings;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the values of one span by a vocabulary's names, and remembers which attributes it read. */
final class SpanReading {

  private final OtlpSpan span;
  private final OtlpAttributes attributes;
  private final Names names;
  private final Set<String> read = new HashSet<>();
  private final Set<String> prefixes = new HashSet<>();

  SpanReading(OtlpSpan span, Names names) {
    this.span = span;
    this.attributes = span.attributes();
    this.names = names;
  }

  /** Whether the attribute is in a value that was read, or is another spelling of one. */
  boolean isRead(String attribute) {
    return read.contains(attribute)
        || prefixes.stream().anyMatch(prefix -> OtlpAttributes.isElement(attribute, prefix));
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
    List<String> words = words(field);
    return words.isEmpty() ? null : words.getFirst();
  }

  /** Words of an enumeration, in an array, in JSON or one alone. */
  List<String> words(Field field) {
    List<String> words = first(field, SpanReading::words);
    return words == null ? List.of() : words;
  }

  private static @Nullable List<String> words(JsonValue value) {
    JsonValue said = Json.inText(value);
    List<String> words =
        (said.isArray() ? JsonValue.items(said).stream() : Stream.of(said))
            .map(Json::text)
            .filter(Objects::nonNull)
            .map(text -> withoutClass(text.strip()))
            .filter(Words::isWord)
            .limit(Limits.FINISH_REASONS)
            .toList();
    return words.isEmpty() ? null : words;
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
    return first(field, Numbers::amount);
  }

  @Nullable Boolean flag(Field field) {
    return first(field, Words::flag);
  }

  /** When the span ran, and when the first token came. */
  Timing timing(Origin origin) {
    ObjectView fields = span.json();
    Timing given =
        Timings.between(
            fields,
            fields.time("startTimeUnixNano"),
            fields.time("endTimeUnixNano"),
            origin.sentEpochNanos());
    Double seconds = amount(Field.FIRST_TOKEN_SECONDS);
    Double millis = amount(Field.FIRST_TOKEN_MILLIS);
    Long first = first(Field.FIRST_TOKEN_TIME, value -> Times.epochNanos(Json.inText(value)));
    if (millis != null) {
      first = given.startEpochNanos() + Math.round(millis * 1e6);
    } else if (seconds != null) {
      first = given.startEpochNanos() + Math.round(seconds * 1e9);
    }
    return new Timing(given.startEpochNanos(), given.endEpochNanos(), first);
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
        word(Field.REASONING_LEVEL),
        text(Field.PROMPT_NAME),
        text(Field.PROMPT_VERSION));
  }

  private @Nullable String seed() {
    Double seed = decimal(Field.SEED);
    return seed == null
        ? null
        : seed == Math.rint(seed) ? Long.toString(seed.longValue()) : seed.toString();
  }

  /**
   * Tokens in Sentry's meaning: input tokens include those of the cache, output tokens those of
   * reasoning. A subset that is larger than its whole is no part of it, but counted apart from it.
   */
  Usage usage(Vocabulary vocabulary) {
    Long input = count(Field.INPUT_TOKENS);
    Long output = count(Field.OUTPUT_TOKENS);
    Long total = count(Field.TOTAL_TOKENS);
    Long read = count(Field.CACHE_READ_TOKENS);
    Long write = count(Field.CACHE_WRITE_TOKENS);
    Long reasoning = count(Field.REASONING_TOKENS);
    long cached = Numbers.zeroIfUnknown(read) + Numbers.zeroIfUnknown(write);
    long more =
        total == null ? 0 : total - Numbers.zeroIfUnknown(input) - Numbers.zeroIfUnknown(output);
    if (input != null
        && cached > 0
        && (cached > input || more == cached || vocabulary.cacheApart.test(span))) {
      input += cached;
      more -= cached;
    }
    long thoughts = Numbers.zeroIfUnknown(reasoning);
    if (output != null
        && thoughts > 0
        && (thoughts > output || more == thoughts || vocabulary.reasoningApart.test(span))) {
      output += thoughts;
    }
    boolean isSum = input != null && output != null;
    return Usages.corrected(
        new Usage(input, output, isSum ? null : total, read, write, reasoning), span.json().log());
  }

  Cost cost() {
    return Costs.addedUp(
        new Cost(
            amount(Field.COST),
            amount(Field.INPUT_COST),
            amount(Field.OUTPUT_COST),
            amount(Field.CACHE_READ_COST),
            amount(Field.CACHE_WRITE_COST),
            amount(Field.REASONING_COST)),
        0);
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
      Field field, Function<JsonValue, @Nullable T> reader, BinaryOperator<@Nullable T> choice) {
    T found = null;
    for (String name : names.of(field)) {
      JsonValue value = attributes.get(name);
      if (value != null) {
        T one = value.isBlank() ? null : reader.apply(value);
        if (one == null && !value.isBlank()) {
          attributes.drop(name);
        }
        found = choice.apply(found, one);
        if (!name.startsWith("trace.metadata.")) {
          setRead(name);
        }
      }
    }
    return found;
  }
}
