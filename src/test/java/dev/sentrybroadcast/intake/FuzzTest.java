package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a message: a result, no exception, nothing of what it says in a reason. More
 * of it: {@code -Dfuzz.records=1000000 -Dfuzz.seed=…}.
 */
class FuzzTest {

  private static final int RECORDS = Integer.getInteger("fuzz.records", 3_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_120L);

  /** Content of a span as values, which no recorded body has. */
  private static final String VALUES =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[
        {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"tool",
         "attributes":[{"key":"gen_ai.tool.call.arguments","value":{"kvlistValue":{"values":[
           {"key":"a","value":{"intValue":"7"}},
           {"key":"b","value":{"doubleValue":"0.5"}},
           {"key":"c","value":{"arrayValue":{"values":[{"intValue":"1"},{"boolValue":true}]}}}
         ]}}}]}]}]}]}\
      """;

  private static final List<String> BODIES =
      Stream.concat(
              Samples.files("events").stream().flatMap(file -> Samples.bodies(file).stream()),
              Stream.concat(
                  Stream.of(VALUES),
                  Stream.of(
                          "fixtures/shapes",
                          "fixtures/openrouter",
                          "fixtures/bedrock",
                          "fixtures/otel-recorded",
                          "fixtures/litellm",
                          "fixtures/litellm-recorded")
                      .flatMap(folder -> Samples.files(folder).stream())
                      .map(Samples::read)))
          .filter(body -> body.length() < 20_000)
          .toList();

  @Test
  void decode_brokenText_isAResult() {
    for (int i = 0; i < RECORDS; i++) {
      Mutations mutations = new Mutations(SEED + i);
      check(SEED + i, mutations.ofText(mutations.oneOf(BODIES)));
    }
  }

  @Test
  void decode_otherTypesAndSizes_isAResult() throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      Mutations mutations = new Mutations(SEED + i);
      JsonValue body = JsonReader.read(mutations.oneOf(BODIES));
      check(SEED + i, JsonTexts.compact(mutations.ofValue(Objects.requireNonNull(body), 0)));
    }
  }

  private static void check(long seed, String body) {
    try {
      List<Decoded> decoded = Decoding.decode(body);
      assertThat(decoded).isNotEmpty();
      for (Decoded one : decoded) {
        switch (one) {
          case Decoded.Malformed malformed ->
              assertThat(malformed.reason().contains(Mutations.CANARY)).isFalse();
          case Decoded.Valid(Generation generation) -> check(generation);
          case Decoded.Valid(RecordedTrace trace) -> check(trace);
          case Decoded.Ignored _, Decoded.Unavailable _, Decoded.Stored _ -> {}
        }
      }
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError("record of -Dfuzz.seed=" + seed, e);
    }
  }

  private static void check(Generation generation) {
    assertThat(generation.id()).isNotBlank();
    assertThat(generation.timing().endEpochNanos())
        .isGreaterThanOrEqualTo(generation.timing().startEpochNanos());
    assertThat(generation.trace().metadata().size()).isLessThanOrEqualTo(64);
    assertThat(generation.corrections().droppedFields())
        .noneMatch(path -> path.contains(Mutations.CANARY));
    check(generation.exchange());
    for (ToolExecution tool : generation.toolExecutions()) {
      checkJson(tool.arguments());
      checkJson(tool.result());
      check(tool.failure());
    }
    for (Attempt attempt : generation.attempts()) {
      check(attempt.failure());
    }
    check(generation.outcome().failure());
  }

  private static void check(RecordedTrace trace) {
    assertThat(trace.id()).isNotBlank();
    assertThat(trace.spans()).isNotEmpty();
    assertThat(trace.corrections().droppedFields())
        .noneMatch(path -> path.contains(Mutations.CANARY));
    for (RecordedSpan span : trace.spans()) {
      assertThat(span.timing().endEpochNanos())
          .isGreaterThanOrEqualTo(span.timing().startEpochNanos());
      check(span.exchange());
      if (span.tool() != null) {
        checkJson(span.tool().arguments());
        checkJson(span.tool().result());
      }
      check(span.outcome().failure());
      for (Content<Scalar> value : span.content().values()) {
        assertThat(Decoding.revealed(value).toString().contains(";base64,")).isFalse();
      }
    }
  }

  private static void check(Exchange exchange) {
    reveal(exchange.inputMessages()).forEach(FuzzTest::check);
    reveal(exchange.outputMessages()).forEach(FuzzTest::check);
    reveal(exchange.systemInstructions()).forEach(FuzzTest::check);
    checkJson(exchange.toolDefinitions());
    checkJson(exchange.embeddingsInput());
  }

  private static void check(Message message) {
    assertThat(message.role()).isNotBlank();
    message.parts().forEach(FuzzTest::check);
  }

  private static void check(Part part) {
    switch (part) {
      case Part.ToolCall call when call.arguments() != null -> check(call.arguments());
      case Part.ToolResult result -> check(result.response());
      case Part.Other other -> check(other.json());
      case Part.Blob blob -> assertThat(blob.bytes()).isNotNegative();
      case Part.Text _,
          Part.Reasoning _,
          Part.Refusal _,
          Part.ToolCall _,
          Part.Uri _,
          Part.FileReference _ -> {}
    }
  }

  private static void check(@Nullable Failure failure) {
    if (failure != null) {
      assertThat(failure.type()).matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}|[1-5]\\d\\d");
      if (failure.message() != null) {
        Decoding.revealed(failure.message());
      }
    }
  }

  private static void checkJson(@Nullable Content<JsonText> content) {
    if (content != null) {
      check(Decoding.revealed(content));
    }
  }

  private static void check(JsonText text) {
    try {
      assertThat(JsonReader.read(text.json())).isNotNull();
    } catch (IOException _) {
      throw new AssertionError("content that is no JSON");
    }
    assertThat(text.json().contains(";base64,")).isFalse();
  }

  private static <T> List<T> reveal(@Nullable Content<List<T>> content) {
    return content == null ? List.of() : Objects.requireNonNull(content.reveal(PrivacyMode.OFF));
  }
}
