package dev.sentrybroadcast.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 answers, bounded: whatever the far end sends, little of it is taken in. */
final class AnswerReader {

  private static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int MAX_INTERIM_ANSWERS = 5;

  private final InputStream in;
  private final byte[] buffer = new byte[4 * 1024];
  private int at;
  private int end;
  private int lineBytesLeft;
  private boolean silent = true;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Whether no byte has come since the last whole answer. */
  boolean isSilent() {
    return silent;
  }

  /** The head of an answer that is not an interim one. */
  AnswerHead head() throws IOException {
    lineBytesLeft = MAX_HEAD_BYTES;
    for (int i = 0; i < MAX_INTERIM_ANSWERS; i++) {
      AnswerHead head = new AnswerHead(line());
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.field(line);
      }
      if (head.status >= 200) {
        return head;
      }
    }
    throw new ProtocolException("interim answers without end");
  }

  /** The answer that begins so; a body that breaks takes nothing from its head. */
  Answer answer(AnswerHead head, int maxBytes) {
    lineBytesLeft = MAX_HEAD_BYTES;
    ByteArrayOutputStream body = new ByteArrayOutputStream(Math.clamp(head.length(), 32, maxBytes));
    boolean whole = false;
    IOException broken = null;
    try {
      whole = readBody(head, body, maxBytes);
    } catch (IOException e) {
      broken = e;
    }
    // What comes after the answer to the only request would be taken for the answer to the next.
    boolean reusable = whole && head.isKeptAlive() && at == end;
    silent = reusable;
    return new Answer(head.status, head.headers, body.toByteArray(), broken, reusable);
  }

  /** Returns whether the connection is at the end of the answer. */
  private boolean readBody(AnswerHead head, ByteArrayOutputStream body, int maxBytes)
      throws IOException {
    if (!head.hasBody()) {
      return true;
    }
    if (head.isChunked()) {
      return readChunks(body, maxBytes);
    }
    if (head.length() >= 0) {
      readUpTo(Math.min(head.length(), maxBytes), body, true);
      return head.length() <= maxBytes;
    }
    readUpTo(maxBytes, body, false);
    return false;
  }

  private boolean readChunks(ByteArrayOutputStream body, int maxBytes) throws IOException {
    while (true) {
      String line = line();
      int extension = line.indexOf(';');
      long size = AnswerHead.number(extension < 0 ? line : line.substring(0, extension), 16);
      if (size == 0) {
        String trailer = line();
        while (!trailer.isEmpty()) {
          trailer = line();
        }
        return true;
      }
      int room = maxBytes - body.size();
      readUpTo(Math.min(size, room), body, true);
      if (size > room) {
        return false;
      }
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk longer than its size");
      }
    }
  }

  private void readUpTo(long length, ByteArrayOutputStream body, boolean promised)
      throws IOException {
    long left = length;
    while (left > 0) {
      if (at == end && !fill()) {
        if (promised) {
          throw closed();
        }
        return;
      }
      int part = (int) Math.min(left, end - at);
      body.write(buffer, at, part);
      at += part;
      left -= part;
    }
  }

  private String line() throws IOException {
    StringBuilder begun = null;
    while (true) {
      int newline = at;
      while (newline < end && buffer[newline] != '\n') {
        newline++;
      }
      boolean whole = newline < end;
      String part = new String(buffer, at, newline - at, StandardCharsets.ISO_8859_1);
      lineBytesLeft -= newline - at + (whole ? 1 : 0);
      if (lineBytesLeft < 0) {
        throw new ProtocolException("the head of the answer is too large");
      }
      at = whole ? newline + 1 : newline;
      if (whole) {
        return withoutReturn(begun == null ? part : begun.append(part).toString());
      }
      begun = begin(begun).append(part);
      if (!fill()) {
        throw closed();
      }
    }
  }

  private static StringBuilder begin(@Nullable StringBuilder begun) {
    return begun == null ? new StringBuilder() : begun;
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = 0;
    int read = in.read(buffer, 0, buffer.length);
    if (read < 0) {
      return false;
    }
    silent = false;
    end = read;
    return true;
  }

  private static EOFException closed() {
    return new EOFException("closed in mid-answer");
  }
}
