package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonTexts;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        .startsWith("file:\n\n[left out: data, ")
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
  void without_wrappedDataAmongOtherLines_isLeftOutAlone() {
    for (int width : new int[] {60, 64, 72, 76, 120, 760}) {
      for (String end : new String[] {"\n", "\r\n", "\\n", "\\r\\n"}) {
        String wrapped =
            Base64.getMimeEncoder(width, new byte[] {'\n'})
                .encodeToString(BYTES)
                .replace("\n", end);
        assertThat(Base64Data.without("file" + end + wrapped + end + "end" + end + "of_it"))
            .as("lines of %d", width)
            .startsWith("file" + end + "[left out: data, ")
            .endsWith(" bytes]" + end + "end" + end + "of_it");
      }
    }
  }

  @Test
  void without_wrappedDataOfAnySize_leavesNoneOfItsLines() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = new byte[700 + random.nextInt(5_000)];
      random.nextBytes(bytes);
      int width = 60 + random.nextInt(80);
      String wrapped =
          Base64.getEncoder().encodeToString(bytes).replaceAll(".{" + width + "}", "$0\n");
      String clean = Base64Data.without("-----BEGIN IT-----\n" + wrapped + "\n-----END IT-----");
      assertThat(wrapped.lines().noneMatch(clean::contains)).as("round %d", round).isTrue();
      assertThat(clean).startsWith("-----BEGIN IT-----\n").endsWith(" IT-----");
    }
  }

  @Test
  void without_dataBehindAName_isLeftOutAlone() {
    String data = Base64.getEncoder().encodeToString(BYTES);
    String urlSafe = Base64.getUrlEncoder().encodeToString(BYTES);
    assertThat(Base64Data.without("my_file=" + data)).startsWith("my_").endsWith(" bytes]");
    assertThat(Base64Data.without("a/b=" + urlSafe)).startsWith("a/").endsWith(" bytes]");
    assertThat(Base64Data.without("{\\\"d\\\":\\\"" + data + "\\\"}"))
        .isEqualTo("{\\\"d\\\":\\\"[left out: data, 1500 bytes]\\\"}");
    assertThat(Base64Data.without("one\n" + urlSafe + "\ntwo"))
        .isEqualTo("one\n[left out: data, 1500 bytes]\ntwo");
  }

  @Test
  void without_listsOfNames_staysAsItIs() {
    Random random = new Random(7);
    StringBuilder paths = new StringBuilder();
    StringBuilder commits = new StringBuilder();
    StringBuilder addresses = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      paths
          .append("SomeLongClass_7_InAPackage/SubDirectory/AnotherLongDirectoryName/File_Number_")
          .append(i * i * i)
          .append('\n');
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      commits.append("Commit_").append(HexFormat.of().formatHex(hash)).append('\n');
      addresses.append("0x").append(HexFormat.of().withUpperCase().formatHex(hash)).append('\n');
    }
    for (StringBuilder list : new StringBuilder[] {paths, commits, addresses}) {
      for (String text :
          new String[] {list.toString(), list.toString().replace("\n", "\\n"), list + "end"}) {
        assertThat(Base64Data.without(text)).isSameAs(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see data:image/png;base64,iVBORw0KGgo%2BAAAANSUhEUg%3D%3D here",
        "see data%3Aimage%2Fpng%3Bbase64%2CiVBORw0KGgo%2BAAAANSUhEUg%3D%3D here",
        "see DATA:image/png;BASE64,iVBORw0KGgo+AAAANSUhEUg== here",
        "see data:image/png;base64,iVBORw0KGgo\\/AAAANSUhEUg== here",
      })
  void without_dataUrlInAnotherSpelling_leavesTypeAndSize(String text) {
    assertThat(Base64Data.without(text))
        .matches("see \\[left out: image, image/png, 1\\d bytes] here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        ", ",
        "\n",
        "\r\n  ",
        "\\n",
        " ",
        "\",\"",
        "\", \"",
        "',\n'",
        ";",
        "\\\",\\\""
      })
  void without_linesJoinedByAnything_leavesNoneOfThem(String separator) {
    String lines = Base64.getMimeEncoder().encodeToString(BYTES).replace("\r\n", separator);
    assertThat(Base64Data.without("the lines: [\"" + lines + "\"] end"))
        .isEqualTo("the lines: [\"[left out: data, 1500 bytes]\"] end");
  }

  @Test
  void without_wrappedDataUrl_leavesNoneOfItsLines() {
    String lines = Base64.getMimeEncoder().encodeToString(BYTES);
    assertThat(Base64Data.without("a data:image/png;base64," + lines + " b"))
        .isEqualTo("a [left out: image, image/png, 1500 bytes] b");
  }

  @Test
  @Timeout(20)
  void without_manyEqualLinesThatAreNoData_takesLinearTime() {
    String hashes =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n".repeat(16_000);
    assertThat(Base64Data.without(hashes)).isSameAs(hashes);
  }

  @Test
  void without_manyPercentEncodedCharacters_isLeftOut() {
    String data = "data:image/png;base64," + "%2F%2BAa".repeat(100_000);
    assertThat(Base64Data.without(data)).isEqualTo("[left out: image, image/png, 300000 bytes]");
  }

  @Test
  void compact_bytesAsNumbers_areLeftOut() {
    assertThat(compact("{\"type\":\"Buffer\",\"data\":[137,80,78,71]}"))
        .isEqualTo("{\"type\":\"Buffer\",\"data\":\"[left out: Buffer, 4 bytes]\"}");
    assertThat(compact("{\"bytes\":[" + "255,".repeat(600) + "0]}"))
        .isEqualTo("{\"bytes\":\"[left out: document, 601 bytes]\"}");
    assertThat(compact("{\"data\":[1,2,3]}")).isEqualTo("{\"data\":[1,2,3]}");
  }

  @Test
  void compact_linesAsElements_areLeftOut() {
    String lines = Base64.getMimeEncoder(76, "\",\"".getBytes(UTF_8)).encodeToString(BYTES);
    assertThat(compact("[\"" + lines + "\"]")).isEqualTo("[\"[left out: data, 1500 bytes]\"]");
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
    return JsonTexts.compact(Objects.requireNonNull(JsonReader.readOrNull(json)));
  }
}
