package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpPostTest {

  private static final Origin ORIGIN = new Origin(true, "far.test", 443);

  private static String written(HttpPost post) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    post.writeTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void writeTo_headAndBody_oneAfterTheOther() throws IOException {
    byte[] body = "-abc-".getBytes(StandardCharsets.ISO_8859_1);
    HttpPost post =
        new HttpPost(ORIGIN, "/p?q")
            .header("A", "1")
            .header("B", "2")
            .header("a", "3")
            .body(body, 1, 3);

    assertThat(written(post))
        .isEqualTo(
            "POST /p?q HTTP/1.1\r\nHost: far.test\r\nA: 3\r\nB: 2\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(post).hasToString("HttpPost[…]");
  }

  @Test
  void writeTo_smallBody_isOneWriteAndALongOneIsTwo() throws IOException {
    assertThat(writes(1_000)).hasSize(1);
    List<Integer> writes = writes(1_000_000);
    assertThat(writes).hasSize(2);
    assertThat(writes.getFirst()).isEqualTo(16 * 1024);
  }

  private static List<Integer> writes(int bodyBytes) throws IOException {
    List<Integer> lengths = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
          }

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            lengths.add(length);
          }
        };
    new HttpPost(ORIGIN, "/").body(new byte[bodyBytes], 0, bodyBytes).writeTo(out);
    return lengths;
  }

  @ParameterizedTest
  @CsvSource({
    "https://far.test/a/b, /a/b, far.test",
    "https://far.test:8443, /, far.test:8443",
    "http://far.test:80/a?b=%20, /a?b=%20, far.test",
    "http://far.test:443/, /, far.test:443",
    "HTTP://[::1]:9000/ä, /%C3%A4, [::1]:9000",
  })
  void to_uri_asksForItsPathAtItsAuthority(URI uri, String path, String authority)
      throws IOException {
    assertThat(written(HttpPost.to(uri)))
        .isEqualTo(
            "POST " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nContent-Length: 0\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/a b", "/a\r\nB: c", "/ä", "/\u0000"})
  void make_notAPath_isRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new HttpPost(ORIGIN, path));
  }

  @ParameterizedTest
  @CsvSource({"'', x", "'a b', x", "a:b, x", "ä, x", "a, 'b\nC: d'", "a, 'b\rC: d'", "a, €"})
  void header_thatEndsItsLine_isRefused(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpPost(ORIGIN, "/").header(name, value))
        .withMessage("not a header field");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "[::1], true", "far.test, false", "relay1, false", "1.far, false"})
  void isAddress_ofAnOrigin(String host, boolean address) {
    assertThat(new Origin(true, host, 443).isAddress()).isEqualTo(address);
  }
}
