package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretValueTest {

  @Test
  void over_sentFieldsWin_othersStay() throws Exception {
    SecretValue base =
        SecretValue.sent(
            """
            {"a": 1.10, "long": 12345678901234567890.123456789012345678901234567890,
             "text": "a\\u00e9\\n\\"b", "deep": {"x": [1, {"y": null}], "z": "}"} ,
             "k\\"ey": true, "last": -0}
            """);
    SecretValue sent = SecretValue.sent("{\"a\": [ 2 ], \"new\":\"\"}");

    assertThat(sent.over(base).json())
        .isEqualTo(
            "{\"long\":12345678901234567890.123456789012345678901234567890,"
                + "\"text\":\"aé\\n\\\"b\",\"deep\":{\"x\":[1,{\"y\":null}],\"z\":\"}\"},"
                + "\"k\\\"ey\":true,\"last\":-0,\"a\":[2],\"new\":\"\"}");
  }

  /** What is ambiguous must not be decided by saving another field. */
  @Test
  void over_fieldThatStandsTwice_staysSo() throws Exception {
    String twice =
        "{\"filter\":{\"logic\":\"and\",\"logic\":\"or\"},\"issues\":true,\"issues\":false}";

    SecretValue merged = SecretValue.EMPTY.over(SecretValue.object(twice, "an object"));

    assertThat(merged.json()).isEqualTo(twice);
    assertThatThrownBy(() -> merged.get("issues")).hasMessage("it only once");
    assertThatThrownBy(() -> merged.get("filter").get("logic")).hasMessage("it only once");
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
    assertThatThrownBy(() -> SecretValue.sent(text))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void parse_deepNesting_fails() {
    String text = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThatThrownBy(() -> SecretValue.sent(text)).isInstanceOf(InvalidJsonException.class);
  }
}
