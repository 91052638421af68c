package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In privacy mode content is checked to be JSON and nothing more; it never shows in a toString. */
class ContentStaysUnreadTest {

  private static final String RECORD =
      """
      {"schema":"generation/v1","id":"gen-1","ended_at":1795176000,
       "request":{"model":"m","messages":[{"role":"user","content":"CANARY"}],"tools":[{"x":"CANARY"}],
         "system":"CANARY","instructions":"CANARY","input":"CANARY","prompt":"CANARY",
         "stop":["CANARY"],"response_format":{"schema":"CANARY"}},
       "response":{"choices":[{"message":{"content":"CANARY"},"text":"CANARY","delta":{"content":"CANARY"},
         "error":{"message":"CANARY","raw":"CANARY","metadata":{"raw":"CANARY","patterns":["CANARY"]}}}],
         "output":[{"content":"CANARY"}],"content":[{"text":"CANARY"}],"error":{"message":"CANARY"}},
       "error":{"type":"a b CANARY","message":"CANARY","raw":"CANARY","previous_errors":[{"message":"CANARY"}]},
       "attempts":[{"provider":"p","error":{"message":"CANARY"}}],
       "tool_executions":[{"name":"t","description":"CANARY","arguments":{"a":"CANARY"},
         "result":"CANARY","error":"CANARY"}]}
      """;

  @Test
  void decode_contentEverywhere_noToStringShowsIt() {
    assertThat(Decoding.one(RECORD)).isInstanceOf(Decoded.Valid.class);
    assertThat(Decoding.one(RECORD).toString().contains("CANARY")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "tools", "system", "instructions", "input", "prompt", "stop"})
  void read_contentOfTheRequest_isLeftWhereItStands(String field) throws IOException {
    assertThat(fields("request").get(field)).isInstanceOf(JsonValue.Slice.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"output", "content"})
  void read_contentOfTheResponse_isLeftWhereItStands(String field) throws IOException {
    assertThat(fields("response").get(field)).isInstanceOf(JsonValue.Slice.class);
  }

  @Test
  void read_contentOfChoicesErrorsAndTools_isLeftWhereItStands() throws IOException {
    JsonValue choices = Objects.requireNonNull(fields("response").get("choices"));
    List<JsonValue> steps =
        JsonValue.elements(Objects.requireNonNull(root().get("tool_executions")));
    Map<String, JsonValue> choice =
        JsonValue.members(JsonValue.elements(choices).getFirst()).fields();
    Map<String, JsonValue> tool = JsonValue.members(steps.getFirst()).fields();
    Map<String, JsonValue> error = fields("error");
    assertThat(List.of("message", "text", "delta")).allMatch(name -> isLeft(choice, name));
    assertThat(List.of("arguments", "result", "description")).allMatch(name -> isLeft(tool, name));
    assertThat(List.of("message", "raw", "previous_errors")).allMatch(name -> isLeft(error, name));
  }

  private static boolean isLeft(Map<String, JsonValue> fields, String name) {
    return fields.get(name) instanceof JsonValue.Slice;
  }

  private static Map<String, JsonValue> fields(String name) throws IOException {
    return JsonValue.members(root().get(name)).fields();
  }

  private static Map<String, JsonValue> root() throws IOException {
    return JsonValue.members(JsonReader.read(RECORD, Place.RECORD)).fields();
  }
}
