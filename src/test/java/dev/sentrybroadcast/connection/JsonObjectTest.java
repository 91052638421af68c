package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.destination.InvalidJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTest {

  @Test
  void over_sentFieldsWin_othersStayAsTheyWereWritten() throws InvalidJsonException {
    JsonObject base =
        JsonObject.parse(
            """
            {"a": 1.10, "long": 12345678901234567890.123456789012345678901234567890,
             "text": "a\\u00e9\\n\\"b", "deep": {"x": [1, {"y": null}], "z": "}"} ,
             "k\\"ey": true, "last": -0}
            """);
    JsonObject sent = JsonObject.parse("{\"a\": [ 2 ], \"new\":\"\"}");

    assertThat(sent.over(base).json())
        .isEqualTo(
            "{\"a\":[ 2 ],\"long\":12345678901234567890.123456789012345678901234567890,"
                + "\"text\":\"a\\u00e9\\n\\\"b\",\"deep\":{\"x\": [1, {\"y\": null}], \"z\": \"}\"},"
                + "\"k\\\"ey\":true,\"last\":-0,\"new\":\"\"}");
    assertThat(base.text("text")).isEqualTo("aé\n\"b");
    assertThat(base.text("a")).isNull();
  }

  @Test
  void parse_veryLongText_keepsPositions() throws InvalidJsonException {
    String filler = "é\\n😀".repeat(40_000);

    String text = "{\"filler\":\"" + filler + "\",\"n\":17,\"s\":\"end\"}";

    assertThat(JsonObject.parse(text).json().equals(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"SECRET\"",
        "{",
        "{\"a\": SECRET}",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{\"a\":1}x"
      })
  void parse_notOneObject_failsWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> JsonObject.parse(text))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void parse_deepNesting_fails() {
    String text = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(InvalidJsonException.class);
  }
}
