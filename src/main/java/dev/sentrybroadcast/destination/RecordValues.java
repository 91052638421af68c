package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record as rules see it: each field has no value, one, or several. A recorded trace has the
 * values of its calls of a model; its tokens and cost are their sums.
 */
public final class RecordValues {

  /** The fields, but for those below {@code trace.metadata.}. */
  static final List<String> FIELDS =
      List.of(
          ("model provider session_id user_id api_key_name finish_reason input output total_cost"
                  + " total_tokens prompt_tokens completion_tokens environment release tag status"
                  + " latency_ms api_type")
              .split(" ", -1));

  private static final Set<String> NUMERIC =
      Set.of("total_cost", "total_tokens", "prompt_tokens", "completion_tokens", "latency_ms");

  /** The last as LiteLLM's records have them. */
  private static final List<String> TAGS = List.of("tags", "tag", "litellm.tags");

  private static final JsonFactory JSON = new JsonFactory();
  private static final String METADATA = "trace.metadata.";
  private static final double NANOS_PER_MILLI = 1e6;

  private final TelemetryRecord record;
  private final ContentTest content;
  private final List<ModelCall> calls;

  public RecordValues(TelemetryRecord record, ContentTest content) {
    this.record = record;
    this.content = content;
    calls =
        switch (record) {
          case Generation generation -> List.of(ModelCall.of(generation));
          case RecordedTrace trace ->
              trace.spans().stream()
                  .filter(span -> span.role().is(SpanRole.Type.MODEL_CALL))
                  .map(ModelCall::of)
                  .toList();
        };
  }

  static boolean isField(String name) {
    return FIELDS.contains(name) || isMetadata(name);
  }

  static boolean isMetadata(String name) {
    return name.startsWith(METADATA) && name.length() > METADATA.length();
  }

  static boolean isNumeric(String field) {
    return NUMERIC.contains(field);
  }

  public TelemetryRecord record() {
    return record;
  }

  /** Whether the rule matches. Content is read only for a rule over content. */
  boolean test(Rule rule) {
    return switch (rule.field()) {
      case "input", "output" ->
          content.matches(
              contents(rule.field().equals("input")),
              text -> rule.matches(Stream.ofNullable(text).<Scalar>map(Scalar.Text::new).toList()));
      default -> rule.matches(values(rule.field()));
    };
  }

  private List<Content<?>> contents(boolean input) {
    return calls.stream()
        .map(ModelCall::exchange)
        .<Content<?>>flatMap(exchange ->
            input
                ? Stream.of(
                    exchange.systemInstructions(),
                    exchange.inputMessages(),
                    exchange.embeddingsInput())
                : Stream.of(exchange.outputMessages()))
        .filter(Objects::nonNull)
        .toList();
  }

  private List<Scalar> values(String field) {
    Caller caller = record.caller();
    return switch (field) {
      case "model" -> texts(calls.stream().map(ModelCall::modelName));
      case "provider" -> texts(calls.stream().map(call -> call.model().provider()));
      case "session_id" -> texts(Stream.of(caller.sessionId()));
      case "user_id" -> texts(Stream.of(caller.user()));
      case "api_key_name" -> texts(Stream.of(caller.apiKeyName()));
      case "finish_reason" ->
          texts(calls.stream().flatMap(call -> call.outcome().finishReasons().stream()));
      case "total_cost" ->
          each(ModelCall::totalCost).reduce(Double::sum).stream()
              .<Scalar>map(Scalar.Decimal::new)
              .toList();
      case "total_tokens" -> sum(ModelCall::totalTokens);
      case "prompt_tokens" -> sum(call -> call.usage().inputTokens());
      case "completion_tokens" -> sum(call -> call.usage().outputTokens());
      case "environment" -> texts(Stream.of(record.environment()));
      case "release" -> texts(Stream.of(record.release()));
      case "tag" -> tags();
      case "status" -> texts(Stream.of(isFailed() ? "error" : "ok"));
      case "latency_ms" -> List.of(new Scalar.Decimal(latencyNanos() / NANOS_PER_MILLI));
      case "api_type" -> texts(calls.stream().map(call -> call.apiType().toLowerCase(Locale.ROOT)));
      default -> metadata(field.substring(METADATA.length()));
    };
  }

  private static List<Scalar> texts(Stream<@Nullable String> texts) {
    List<Scalar> present = new ArrayList<>();
    texts.forEach(text -> {
      if (text != null && !text.isBlank()) {
        present.add(new Scalar.Text(text));
      }
    });
    return present;
  }

  private <T> Stream<T> each(Function<ModelCall, @Nullable T> value) {
    return calls.stream().map(value).filter(Objects::nonNull);
  }

  private List<Scalar> sum(Function<ModelCall, @Nullable Long> tokens) {
    return each(tokens).reduce(Long::sum).stream().<Scalar>map(Scalar.Whole::new).toList();
  }

  /** A cancelled call did not fail. Of the other spans of a trace only its root counts. */
  private boolean isFailed() {
    Stream<Outcome> roots =
        record instanceof RecordedTrace trace
            ? trace.spans().stream()
                .filter(span -> span.parentSpanId() == null)
                .map(RecordedSpan::outcome)
            : Stream.of();
    return Stream.concat(calls.stream().map(ModelCall::outcome), roots)
        .anyMatch(outcome -> outcome.failure() != null && !outcome.cancelled());
  }

  private long latencyNanos() {
    LongStream starts =
        switch (record) {
          case Generation generation -> LongStream.of(generation.timing().startEpochNanos());
          case RecordedTrace trace ->
              trace.spans().stream().mapToLong(span -> span.timing().startEpochNanos());
        };
    return record.endEpochNanos() - starts.min().orElse(record.endEpochNanos());
  }

  private List<Scalar> metadata(String key) {
    Stream<Scalar> values =
        switch (record) {
          case Generation generation -> Stream.ofNullable(generation.trace().metadata().get(key));
          case RecordedTrace trace ->
              trace.spans().stream()
                  .map(span -> span.attributes().get(METADATA + key))
                  .filter(Objects::nonNull);
        };
    return values.filter(RecordValues::isPresent).distinct().toList();
  }

  private static boolean isPresent(Scalar value) {
    return !(value instanceof Scalar.Text(String text) && text.isBlank());
  }

  /** A list of tags is metadata as the text of a JSON array. */
  private List<Scalar> tags() {
    return TAGS.stream()
        .flatMap(key -> metadata(key).stream())
        .flatMap(value ->
            value instanceof Scalar.Text(String text) && text.startsWith("[")
                ? elements(text)
                : Stream.of(value))
        .filter(RecordValues::isPresent)
        .toList();
  }

  /** Those of an array that was cut, as far as they are whole. */
  private static Stream<Scalar> elements(String array) {
    List<Scalar> elements = new ArrayList<>();
    try (JsonParser json = JSON.createParser(array)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
          elements.add(new Scalar.Text(json.getText()));
        }
        json.skipChildren();
      }
    } catch (IOException _) {
      return elements.isEmpty() ? Stream.of(new Scalar.Text(array)) : elements.stream();
    }
    return elements.stream();
  }
}
