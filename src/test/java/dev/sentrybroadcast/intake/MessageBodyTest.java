package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class MessageBodyTest {

  private static final String[] PIECES = {
    "a", "\"", "\\", "\\u", "\n", "\r\t\b\f", "/", "\u0001", "é", "東", "\uD83D\uDE00", "plain ascii"
  };

  private static MessageBody unescape(String json) {
    return MessageBody.unescape(("[\"" + json + "\", \"next\"]").getBytes(UTF_8), 2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain,plain",
        "\\u00e9\\u6771,é東",
        "\\ud83d\\ude00x,\uD83D\uDE00x",
        "\\ud83dx,?x",
        "\\ude00\\ud83d,??",
        "\\ud83d\\u0041,?A",
        "\\/\\\\u0041,/\\u0041",
      })
  void unescape_text_isUtf8(String json, String text) {
    assertThat(unescape(json)).isEqualTo(MessageBody.of(text));
  }

  @Test
  void unescape_anything_isWhatAJsonParserMakesOfIt() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String json = JsonMapper.shared().writeValueAsString(text.toString());
      MessageBody body = MessageBody.unescape((json + "]").getBytes(UTF_8), 1);

      assertThat(body.equals(MessageBody.of(text.toString()))).isTrue();
      assertThat(body.escapes()).isEqualTo(text.indexOf("\\u") >= 0 || json.contains("\\u"));
    }
  }

  @Test
  void toString_anything_isWithheld() {
    assertThat(MessageBody.of("secret words").toString()).isEqualTo("MessageBody[12 bytes]");
  }
}
