package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {

  private static final int MAX_BODY_BYTES = 4 * 1024;

  private static Answer read(String text) throws IOException {
    return read(stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Answer read(InputStream in) throws IOException {
    AnswerReader reader = new AnswerReader(in);
    return reader.answer(reader.head(), MAX_BODY_BYTES);
  }

  private static Answer readWhole(String text) throws IOException {
    Answer answer = read(text);
    if (answer.broken() != null) {
      throw answer.broken();
    }
    return answer;
  }

  private static void is(Answer answer, int status, String body, boolean reusable) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).asString(StandardCharsets.ISO_8859_1).isEqualTo(body);
    assertThat(answer.broken()).isNull();
    assertThat(answer.reusable()).isEqualTo(reusable);
  }

  @Test
  void read_lengthGiven_isReusable() throws IOException {
    is(read("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"), 403, "no", true);
  }

  /** It would be taken for the answer to the next request. */
  @Test
  void read_moreThanTheAnswer_isNotReusable() throws IOException {
    is(read("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nnoREST"), 403, "no", false);
  }

  @Test
  void read_headers_areKeptByLowerCaseNameInOrder() throws IOException {
    Answer answer =
        read(
            """
            HTTP/1.1 429 Too Many Requests
            X-Sentry-Rate-Limits: 60:span
            Retry-After:5\s
            x-sentry-rate-limits: 30:error
            Folded: one
             two
            Content-Length: 0

            """);

    assertThat(answer.headers())
        .containsEntry("x-sentry-rate-limits", List.of("60:span", "30:error"))
        .containsEntry("retry-after", List.of("5"))
        .containsEntry("folded", List.of("one two"))
        .hasSize(4);
    assertThat(answer.header("retry-after")).isEqualTo("5");
    assertThat(answer.header("absent")).isNull();
    assertThat(answer).hasToString("Answer[429]");
  }

  @Test
  void read_lengthBesideChunks_isNotHeeded() throws IOException {
    is(
        read(
            """
            HTTP/1.1 200 OK
            Content-Length: 1
            Transfer-Encoding: gzip, Chunked

            3
            abc
            0

            """),
        200,
        "abc",
        true);
  }

  @Test
  void read_encodedWithoutChunks_readsToTheEnd() throws IOException {
    is(
        read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: gzip\r\n\r\nabc"),
        200,
        "abc",
        false);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void read_statusWithoutBody_heedsNoLength(int status) throws IOException {
    is(read("HTTP/1.1 " + status + " x\r\nContent-Length: 9\r\n\r\n"), status, "", true);
  }

  @Test
  void read_severalAnswers_eachOfItsOwn() throws IOException {
    // As from a socket: the second comes when the first has been read.
    InputStream both =
        new SequenceInputStream(
            stream("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"),
            stream("HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nb"));
    AnswerReader reader = new AnswerReader(both);

    is(reader.answer(reader.head(), MAX_BODY_BYTES), 200, "a", true);
    assertThat(reader.isSilent()).isTrue();
    is(reader.answer(reader.head(), MAX_BODY_BYTES), 201, "b", true);
  }

  @Test
  void read_chunked_isPutTogether() throws IOException {
    is(
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
                .replace("\n", "\r\n")),
        200,
        "abc",
        true);
  }

  @Test
  void read_noLength_readsToTheEndAndIsNotReusable() throws IOException {
    is(read("HTTP/1.0 500 x\r\n\r\nsorry"), 500, "sorry", false);
  }

  @Test
  void read_noReason_isTaken() throws IOException {
    is(read("HTTP/1.1 204\n\n"), 204, "", true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Close", "x, close", "close ,x"})
  void read_connectionClose_isNotReusable(String value) throws IOException {
    assertThat(
            read("HTTP/1.1 200 OK\r\nConnection: " + value + "\r\nContent-Length: 0\r\n\r\n")
                .reusable())
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

    Answer answer = read(in);

    assertThat(answer.reusable()).isFalse();
    assertThat(answer.body()).hasSize(MAX_BODY_BYTES);
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
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
      })
  void read_notHttp_saysSo(String text) {
    assertThatThrownBy(() -> readWhole(text)).isInstanceOf(ProtocolException.class);
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
    assertThatThrownBy(() -> readWhole(text)).isInstanceOf(EOFException.class);
  }

  @Test
  void read_bodyCutShort_keepsItsHeadAndWhatCame() throws IOException {
    Answer answer = read("HTTP/1.1 403 x\r\nContent-Length: 5\r\n\r\nab");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).containsExactly('a', 'b');
    assertThat(answer.broken()).isInstanceOf(EOFException.class);
    assertThat(answer.reusable()).isFalse();
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
