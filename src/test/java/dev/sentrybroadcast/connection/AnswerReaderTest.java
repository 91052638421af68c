package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {

  private static IngestAnswer read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static IngestAnswer read(InputStream in) throws IOException {
    return new AnswerReader(in, new Excerpt(List.of())).read();
  }

  @Test
  void read_lengthGiven_isReusable() throws IOException {
    assertThat(read("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nnoREST"))
        .isEqualTo(new IngestAnswer(403, "no", true));
  }

  @Test
  void read_chunked_isPutTogether() throws IOException {
    assertThat(
            read(
                """
                HTTP/1.1 200 OK
                Transfer-Encoding: chunked

                2;x=y
                ab
                1
                c
                0
                Trailer: x

                """
                    .replace("\n", "\r\n")))
        .isEqualTo(new IngestAnswer(200, "abc", true));
  }

  @Test
  void read_noLength_readsToTheEndAndIsNotReusable() throws IOException {
    assertThat(read("HTTP/1.0 500 x\r\n\r\nsorry"))
        .isEqualTo(new IngestAnswer(500, "sorry", false));
  }

  @Test
  void read_noReason_isTaken() throws IOException {
    assertThat(read("HTTP/1.1 204\n\n")).isEqualTo(new IngestAnswer(204, "", true));
  }

  @Test
  void read_connectionClose_isNotReusable() throws IOException {
    assertThat(read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n").reusable())
        .isFalse();
  }

  @Test
  void read_interimAnswer_isSkipped() throws IOException {
    assertThat(
            read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void read_bodyWithoutEnd_readsLittleOfIt(String head) throws IOException {
    EndlessStream in = new EndlessStream(head);

    IngestAnswer answer = read(in);

    assertThat(answer.reusable()).isFalse();
    assertThat(answer.words()).hasSizeLessThanOrEqualTo(Excerpt.MAX_CHARACTERS);
    assertThat(in.given).isLessThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX: ", ""})
  void read_headWithoutEnd_isNotHttp(String head) {
    EndlessStream in = new EndlessStream(head);

    assertThatThrownBy(() -> read(in)).isInstanceOf(ProtocolException.class);
    assertThat(in.given).isLessThan(40_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 099 x\r\n\r\n",
        "HTTP/1.1 2000 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
      })
  void read_notHttp_saysSo(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
      })
  void read_cutShort_saysSo(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(EOFException.class);
  }

  /** A head, then the letter x for ever. */
  private static final class EndlessStream extends InputStream {

    private final byte[] head;
    private int given;

    EndlessStream(String head) {
      this.head = head.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      bytes[offset] = (byte) read();
      return 1;
    }

    @Override
    public int read() {
      int at = given++;
      return at < head.length ? head[at] : 'x';
    }
  }
}
