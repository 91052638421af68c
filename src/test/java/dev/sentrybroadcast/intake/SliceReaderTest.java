package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read later is what would have been read at once. */
final class SliceReaderTest {

  private static final int MUTATIONS = 4_000;

  private static final List<String> BODIES =
      Stream.of("events", "fixtures/shapes")
          .flatMap(folder -> Samples.files(folder).stream())
          .map(Samples::read)
          .toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[ ]",
        "\"\"",
        "{\"a\": {\"b\" : [ 1 , -2.5e-3, true,false , null ] } , \"c\":\"d\"}",
        "[NaN, -Infinity, {\"a\":Infinity}]",
        "{\"same\": 1, \"same\": 2}",
        "{\"\": 1, \"\\u00e9\\n\": 2, \"a name of more than thirty-two characters\": 3, \"日本\": 4}",
        "[\"\\ud800 alone\", \"\\ud83d\\ude00\", \"\\u0000\", \"\\\\u0041 \\/ \\\"\"]",
        "[123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890"
            + "12345678901]",
      })
  void read_anyValue_isWhatTheParserMakesOfIt(String json) throws IOException {
    assertThat(isReadTheSame(json)).isTrue();
  }

  @Test
  void read_mutatedBodies_isWhatTheParserMakesOfThem() throws IOException {
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Mutations mutations = new Mutations(i);
      read += isReadTheSame(mutations.ofText(mutations.oneOf(BODIES))) ? 1 : 0;
    }
    // Most mutations leave no JSON, which is the first pass's to find.
    assertThat(read).isGreaterThan(MUTATIONS / 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"role\":\"system\"}]",
        "[ {\"n\": NaN, \"o\": {\"role\": [\"}\"]}, \"t\": \"\\\"]\", \"role\" : \"system\"} , {}]",
        "[{\"r\\u006fle\":\"syst\\u0065m\"}]",
      })
  void firstText_ofTheFirstObject_isFound(String json) throws IOException {
    assertThat(SliceReader.firstText((JsonValue.Slice) slice(json), "role")).isEqualTo("system");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[]]",
        "[\"role\"]",
        "[{}]",
        "[{\"role\":1}]",
        "[{\"a\":1},{\"role\":\"system\"}]"
      })
  void firstText_thatIsNotThere_isNull(String json) throws IOException {
    assertThat(SliceReader.firstText((JsonValue.Slice) slice(json), "role")).isNull();
  }

  /** False if it is no JSON, or nothing that is left for later. */
  private static boolean isReadTheSame(String json) throws IOException {
    JsonValue whole;
    try {
      whole = JsonReader.read(json, Place.PLAIN);
    } catch (IOException _) {
      return false;
    }
    if (whole == null || !(slice(json) instanceof JsonValue.Slice slice)) {
      return false;
    }
    byte[] before = slice.source().clone();
    assertThat(slice.read().equals(whole)).isTrue();
    assertThat(Arrays.equals(slice.source(), before)).isTrue();
    return true;
  }

  /** As the first pass leaves it, with something behind it. */
  private static JsonValue slice(String json) throws IOException {
    String record = "{\"request\":{\"messages\":" + json + " },\"next\":\"value\"}";
    JsonValue root = JsonReader.read(MessageBody.of(record), Place.RECORD);
    JsonValue.Members request = JsonValue.members(JsonValue.members(root).get("request"));
    return Objects.requireNonNullElse(request.get("messages"), JsonValue.Null.NULL);
  }
}
