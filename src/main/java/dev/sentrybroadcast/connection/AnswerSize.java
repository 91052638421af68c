package dev.sentrybroadcast.connection;

import java.io.OutputStream;

/**
 * Counts the bytes that JSON takes in a function's answer, and keeps none of them. There it stands
 * as a string of JSON, in which each of its quotes and backslashes is two.
 */
final class AnswerSize extends OutputStream {

  private long bytes;

  long bytes() {
    return bytes;
  }

  @Override
  public void write(int b) {
    bytes += b == '"' || b == '\\' ? 2 : 1;
  }

  @Override
  public void write(byte[] from, int start, int length) {
    for (int i = start; i < start + length; i++) {
      write(from[i]);
    }
  }
}
