package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class JsonStringTest {

  private static final String[] PIECES = {
    "a", "\"", "\\", "\\u", "\n", "\r\t\b\f", "/", "\u0001", "é", "東", "\uD83D\uDE00", "plain ascii"
  };

  private static String unescape(byte[] json, int start) {
    JsonString string = JsonString.unescape(json, start);
    return new String(json, start, string.end() - start, UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain,plain",
        "\\u00e9\\u6771,é東",
        "\\ud83d\\ude00x,\uD83D\uDE00x",
        "\\ud83dx,\uFFFDx",
        "\\ude00\\ud83d,\uFFFD\uFFFD",
        "\\ud83d\\u0041,\uFFFDA",
        "\\/\\\\u0041,/\\u0041",
      })
  void unescape_text_isUtf8(String json, String text) {
    byte[] all = ("[\"" + json + "\", \"next\"]").getBytes(UTF_8);

    assertThat(JsonString.read(all, 2, JsonString.closing(all, 2))).isEqualTo(text);
    assertThat(unescape(all, 2)).isEqualTo(text);
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
      byte[] all = (json + "]").getBytes(UTF_8);
      byte[] given = all.clone();

      assertThat(JsonString.read(all, 1, JsonString.closing(all, 1))).isEqualTo(text.toString());
      assertThat(all).isEqualTo(given);
      JsonString string = JsonString.unescape(all.clone(), 1);
      assertThat(string.closing()).isEqualTo(given.length - 2);
      assertThat(string.unicodeEscapes())
          .isEqualTo(text.indexOf("\\u") >= 0 || json.contains("\\u"));
      assertThat(unescape(all, 1)).isEqualTo(text.toString());
    }
  }
}
