package dev.sentrybroadcast.connection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 answers, bounded: whatever the far end sends, little of it is taken in. */
final class AnswerReader {

  private static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int MAX_BODY_BYTES = 4 * 1024;
  private static final int MAX_INTERIM_ANSWERS = 5;

  private final InputStream in;
  private final Excerpt excerpt;
  private int headBytesLeft;

  AnswerReader(InputStream in, Excerpt excerpt) {
    this.in = in;
    this.excerpt = excerpt;
  }

  IngestAnswer read() throws IOException {
    headBytesLeft = MAX_HEAD_BYTES;
    for (int i = 0; i < MAX_INTERIM_ANSWERS; i++) {
      String statusLine = line();
      int status = status(statusLine);
      Head head = head(statusLine.startsWith("HTTP/1.1"));
      if (status >= 200) {
        return answer(status, head);
      }
    }
    throw new ProtocolException("interim answers without end");
  }

  private IngestAnswer answer(int status, Head head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole;
    if (status == 204 || status == 304) {
      whole = true;
    } else if (head.chunked) {
      whole = readChunks(body);
    } else if (head.length >= 0) {
      readUpTo(Math.min(head.length, MAX_BODY_BYTES), body, true);
      whole = head.length <= MAX_BODY_BYTES;
    } else {
      readUpTo(MAX_BODY_BYTES, body, false);
      whole = false;
    }
    return new IngestAnswer(
        status, excerpt.of(body.toByteArray(), head.contentType), whole && head.keepAlive);
  }

  private static int status(String line) throws ProtocolException {
    boolean wellFormed =
        line.length() >= 12
            && line.startsWith("HTTP/1.")
            && line.charAt(8) == ' '
            && (line.length() == 12 || line.charAt(12) == ' ');
    if (!wellFormed) {
      throw new ProtocolException("not an HTTP status line");
    }
    int status = 0;
    for (int i = 9; i < 12; i++) {
      char digit = line.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new ProtocolException("not an HTTP status");
      }
      status = status * 10 + digit - '0';
    }
    if (status < 100) {
      throw new ProtocolException("not an HTTP status");
    }
    return status;
  }

  private Head head(boolean keepAlive) throws IOException {
    Head head = new Head(keepAlive);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("not an HTTP header");
      }
      head.take(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return head;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int read = in.read();
      if (read < 0) {
        throw new EOFException("closed in mid-answer");
      }
      if (--headBytesLeft < 0) {
        throw new ProtocolException("the head of the answer is too large");
      }
      if (read == '\n') {
        return line.toString();
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
  }

  private boolean readChunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      long size = chunkSize(line());
      if (size == 0) {
        String trailer = line();
        while (!trailer.isEmpty()) {
          trailer = line();
        }
        return true;
      }
      int room = MAX_BODY_BYTES - body.size();
      readUpTo(Math.min(size, room), body, true);
      if (size > room) {
        return false;
      }
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk longer than its size");
      }
    }
  }

  private static long chunkSize(String line) throws ProtocolException {
    int end = line.indexOf(';');
    return number(end < 0 ? line : line.substring(0, end), 16);
  }

  private static long number(String text, int radix) throws ProtocolException {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 15 || digits.charAt(0) == '-') {
      throw new ProtocolException("not a length");
    }
    try {
      return Long.parseLong(digits, radix);
    } catch (NumberFormatException _) {
      throw new ProtocolException("not a length");
    }
  }

  private void readUpTo(long length, ByteArrayOutputStream body, boolean promised)
      throws IOException {
    byte[] buffer = new byte[1024];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        if (promised) {
          throw new EOFException("closed in mid-answer");
        }
        return;
      }
      body.write(buffer, 0, read);
      left -= read;
    }
  }

  /** The header fields that matter here. */
  private static final class Head {

    private long length = -1;
    private boolean chunked;
    private boolean keepAlive;
    private @Nullable String contentType;

    Head(boolean keepAlive) {
      this.keepAlive = keepAlive;
    }

    void take(String name, String value) throws ProtocolException {
      switch (name) {
        case "content-length" -> length = number(value, 10);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "content-type" -> contentType = value.toLowerCase(Locale.ROOT);
        case "connection" -> keepAlive &= !value.equalsIgnoreCase("close");
        default -> {
          // Of no matter; and of a redirect's target nothing is wanted.
        }
      }
    }
  }
}
