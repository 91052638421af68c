package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inline data goes, text stays. */
class Base64DataTest {

  private static final byte[] BYTES = new byte[1_500];

  static {
    new Random(7).nextBytes(BYTES);
  }

  @Test
  void without_addresses_leavesTypeAndSize() {
    assertThat(
            Base64Data.without(
                "see data:image/png;base64,AAAA) and data:audio/x;rate=8;base64,BBBBBB=="))
        .isEqualTo(
            "see [left out: image, image/png, 3 bytes]) and [left out: audio, audio/x, 4 bytes]");
  }

  @Test
  void without_markWithoutAddress_leavesNoData() {
    assertThat(Base64Data.without("x;base64,AAAA")).isEqualTo("x[left out: document, 3 bytes]");
  }

  @Test
  void without_longRunAnywhere_isLeftOut() {
    String data = Base64.getEncoder().encodeToString(BYTES);
    String wrapped = Base64.getMimeEncoder().encodeToString(BYTES);
    String urlSafe = Base64.getUrlEncoder().encodeToString(BYTES);
    assertThat(Base64Data.without("a b " + data + " c"))
        .isEqualTo("a b [left out: data, 1500 bytes] c");
    assertThat(Base64Data.without(urlSafe)).isEqualTo("[left out: data, 1500 bytes]");
    assertThat(Base64Data.without("{\"d\":\"" + data.replace("/", "\\/") + "\"}"))
        .startsWith("{\"d\":\"[left out: data, ")
        .endsWith(" bytes]\"}");
    assertThat(Base64Data.without("file:\n\n" + wrapped + " end"))
        .startsWith("file:[left out: data, ")
        .endsWith(" bytes] end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The quick brown fox jumps over the lazy dog 42 times. ",
        "a",
        "0",
        "Word42\n",
        "日本語の長い文章",
        "https://example.com/Path/To/File1?q=2&r=3 ",
      })
  void without_textThatIsNoData_staysAsItIs(String unit) {
    String text = unit.repeat(1_000);
    assertThat(Base64Data.without(text)).isSameAs(text);
  }

  @Test
  void compact_dataByItsName_isLeftOutHoweverShort() {
    assertThat(compact("{\"b64_json\":\"iVBORw0KGgoAAAANSUhEUg==\",\"n\":1}"))
        .isEqualTo("{\"b64_json\":\"[left out: document, 16 bytes]\",\"n\":1}");
    assertThat(
            compact(
                "{\"type\":\"image\",\"data\":\"iVBORw0KGgoAAAANSUhEUg==\",\"mimeType\":\"image/png\"}"))
        .isEqualTo(
            "{\"type\":\"image\",\"data\":\"[left out: image, image/png, 16 bytes]\",\"mimeType\":\"image/png\"}");
    assertThat(compact("{\"data\":\"iVBORw0KGgoAAAANSUhEUg==\"}"))
        .isEqualTo("{\"data\":\"iVBORw0KGgoAAAANSUhEUg==\"}");
  }

  @Test
  void compact_encrypted_isDropped() {
    assertThat(
            compact(
                "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"s\",\"encrypted_content\":\"e\"}"))
        .isEqualTo("{\"type\":\"thinking\",\"thinking\":\"t\"}");
    assertThat(compact("{\"signature\":\"mine\"}")).isEqualTo("{\"signature\":\"mine\"}");
  }

  private static String compact(String json) {
    try {
      JsonValue value = JsonReader.read(json, Place.PLAIN);
      return value == null ? "" : JsonTexts.compact(value);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
