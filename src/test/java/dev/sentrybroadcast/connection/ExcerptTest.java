package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentry.Dsn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExcerptTest {

  private static String of(String body) {
    return new Excerpt(List.of()).of(body.getBytes(StandardCharsets.UTF_8), null);
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

    String words =
        excerpt.of(("no " + dsn + ", short, hidden").getBytes(StandardCharsets.UTF_8), null);

    assertThat(words).isEqualTo("no ***, ***, ***");
  }
}
