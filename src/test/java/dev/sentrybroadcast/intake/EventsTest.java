package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.generation.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples are what the schema promises, and decode to what they are named after. */
class EventsTest {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Samples.read(Path.of("docs/generation-v1.schema.json")));

  /** Those for the queue; the others are calls of the HTTP function. */
  static Stream<Path> events() {
    return Samples.files("events").stream()
        .filter(file -> !String.valueOf(file.getFileName()).startsWith("connection-"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void records_ofASample_areWhatTheSchemaPromises(Path event) {
    for (String body : Samples.bodies(event)) {
      for (String record : records(body)) {
        boolean canonical = record.contains("\"schema\":\"generation/v1\"");
        boolean decodes = Decoding.one(record) instanceof Decoded.Valid;
        // A flat record is of another dialect; the one that is meant to be malformed is refused.
        assertThat(SCHEMA.validate(record, InputFormat.JSON).isEmpty())
            .isEqualTo(canonical && decodes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void decode_sample_isMendedNowhere(Path event) {
    for (String body : Samples.bodies(event)) {
      for (Decoded decoded : Decoding.decode(body)) {
        switch (decoded) {
          case Decoded.Valid(TelemetryRecord record) ->
              assertThat(record.corrections()).isEqualTo(Corrections.NONE);
          case Decoded.Malformed malformed ->
              assertThat(malformed.reason())
                  .isEqualTo("malformed: request.model: expected the name of a model");
          case Decoded.Ignored _, Decoded.Unavailable _, Decoded.Stored _ ->
              throw new AssertionError("no sample");
        }
      }
    }
  }

  @Test
  void decode_batch_tenMessagesOneOfThemMalformed() {
    List<String> bodies = Samples.bodies(event("batch"));
    assertThat(bodies).hasSize(10);
    assertThat(bodies.stream().filter(body -> Decoding.one(body) instanceof Decoded.Malformed))
        .hasSize(1);
  }

  @Test
  void decode_array_oneResultPerRecord() {
    assertThat(Decoding.decode(Samples.body("array")))
        .hasSize(3)
        .allMatch(Decoded.Valid.class::isInstance);
  }

  @Test
  void decode_anthropicCache_inputIncludesWhatWasCached() {
    assertThat(Decoding.valid(Samples.body("anthropic-cache")).usage())
        .isEqualTo(new Usage(4390L, 212L, 4602L, 4096L, 256L, null));
  }

  @Test
  void decode_toolCalls_runToolsInOrder() {
    Generation generation = Decoding.valid(Samples.body("chat-tool-calls"));
    assertThat(generation.toolExecutions())
        .extracting(tool -> tool.name() + "/" + (tool.failure() == null))
        .containsExactly("find_order/true", "track_parcel/false");
    assertThat(generation.trace().spanName()).isEqualTo("Answer the customer");
    assertThat(generation.trace().agentName()).isEqualTo("support");
  }

  @Test
  void decode_fallback_attemptsInOrder() {
    assertThat(Decoding.valid(Samples.body("provider-fallback")).attempts())
        .extracting(attempt -> attempt.provider() + "/" + attempt.httpStatus())
        .containsExactly("DeepInfra/429", "Novita/200");
  }

  @Test
  void decode_cancelled_hasNoFinishReason() {
    Generation generation = Decoding.valid(Samples.body("cancelled-stream"));
    assertThat(generation.outcome().cancelled()).isTrue();
    assertThat(generation.outcome().finishReasons()).isEmpty();
    assertThat(generation.outcome().failure()).isNull();
  }

  @Test
  void decode_flat_chatAndOpenRouterGeneration() {
    List<String> bodies = Samples.bodies(event("flat"));
    Generation chat = Decoding.valid(bodies.get(0));
    Generation generation = Decoding.valid(bodies.get(1));
    assertThat(chat.apiType()).isEqualTo(ApiType.CHAT);
    assertThat(chat.caller().user()).isEqualTo("user_77");
    assertThat(chat.trace().traceName()).isEqualTo("Capital Quiz");
    assertThat(generation.usage()).isEqualTo(new Usage(13L, 5L, 18L, 3L, null, 2L));
    assertThat(generation.cost().total()).isEqualTo(0.0015);
    assertThat(generation.caller().user()).isEqualTo("user-1");
    assertThat(generation.attempts()).hasSize(2);
    assertThat(generation.outcome().responseId()).isEqualTo("chatcmpl-791bcf62");
  }

  private static Path event(String name) {
    return Samples.files("events").stream()
        .filter(file -> file.endsWith(name + ".json"))
        .findFirst()
        .orElseThrow();
  }

  /** A body's records as text. */
  private static List<String> records(String body) {
    if (!body.startsWith("[")) {
      return List.of(body);
    }
    List<String> records = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      depth += body.charAt(i) == '{' ? 1 : 0;
      if (body.charAt(i) == '{' && depth == 1) {
        start = i;
      }
      depth -= body.charAt(i) == '}' ? 1 : 0;
      if (body.charAt(i) == '}' && depth == 0) {
        records.add(body.substring(start, i + 1));
      }
    }
    return records;
  }
}
