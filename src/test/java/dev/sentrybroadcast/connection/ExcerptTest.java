package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExcerptTest {

  private static String of(String body) {
    return of(Excerpt.without(null, null), "text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(Excerpt excerpt, String type, byte[] body) {
    Map<String, List<String>> headers =
        Map.of(
            "content-type", List.of(type),
            "content-length", List.of(Integer.toString(body.length)));
    return excerpt.of(new HttpResult.Response(400, headers, body, true));
  }

  @Test
  void of_controlAndBidiCharacters_areGone() {
    assertThat(of("a\u0000b\u001b[31mc\u202ed\ud83d\ude00\r\n\te\u2028f\"g"))
        .isEqualTo("a b [31mc d e f'g");
  }

  @Test
  void of_longText_isCut() {
    assertThat(of("word ".repeat(100))).hasSize(Excerpt.MAX_CHARACTERS).endsWith("…");
  }

  @Test
  void of_anythingLikeAKey_isMasked() {
    assertThat(of("key=" + KEY + " and " + "F".repeat(64) + ".")).isEqualTo("key=*** and ***.");
  }

  @Test
  void of_theDsnItsKeyAndItsSecret_areMasked() {
    String dsn = "https://short:hidden@o1.ingest.sentry.io/1";
    Excerpt excerpt = Excerpt.without(dsn, Dsn.parse(dsn));

    byte[] body = ("no " + dsn + ", short, hidden").getBytes(StandardCharsets.UTF_8);
    String words = of(excerpt, "text/plain", body);

    assertThat(words).isEqualTo("no ***, ***, ***");
  }

  /** What is short enough to be shown whole may yet come from a body that was cut. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20, 31})
  void of_keyCutAtTheEndOfTheBody_isNotShown(int characters) {
    String dsn = "https://" + KEY + ":hidden-secret-of-old@o1.ingest.sentry.io/1";
    Excerpt excerpt = Excerpt.without(dsn, Dsn.parse(dsn));

    for (String secret : List.of(KEY, "F".repeat(32), dsn, "hidden-secret-of-old")) {
      String end = secret.substring(0, Math.min(characters, secret.length() - 1));
      String body = "no key" + " ".repeat(Excerpt.MAX_BYTES - 6 - end.length()) + end + "rest";

      assertThat(of(excerpt, "text/plain", body.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo("no key");
    }
  }

  @Test
  void of_wordsAtTheEndOfAWholeBody_areShown() {
    assertThat(of("no " + KEY.substring(0, 31))).isEqualTo("no " + KEY.substring(0, 31));
  }

  /** All of it looks like one word: its beginning says what there is to say. */
  @Test
  void of_cutBodyWithoutSpaces_showsItsBeginning() {
    String body = "{\"detail\":\"refused\",\"x\":\"" + "y".repeat(Excerpt.MAX_BYTES);

    assertThat(of(body)).isEqualTo("{'detail':'refused','x':'");
  }

  /** The connection broke in the body, or nothing tells where it ends. */
  @ParameterizedTest
  @ValueSource(strings = {"", "40"})
  void of_bodyThatMayBeCut_dropsTheLastWord(String contentLength) {
    byte[] body = ("no such key: " + KEY.substring(0, 20)).getBytes(StandardCharsets.UTF_8);
    HttpResult.Response response =
        new HttpResult.Response(400, Map.of("content-length", List.of(contentLength)), body, true);

    assertThat(Excerpt.without(null, null).of(response)).isEqualTo("no such key:");
  }
}
