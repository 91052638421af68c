package dev.sentrybroadcast.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a message as UTF-8. It can be a range of the event that the message came in, so that
 * a batch of 6 MB is not held twice. Never printed.
 */
public final class MessageBody {

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final boolean escapes;

  private MessageBody(byte[] bytes, int offset, int length, boolean escapes) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.escapes = escapes;
  }

  /** Of a text; half a surrogate pair becomes a question mark. */
  public static MessageBody of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new MessageBody(bytes, 0, bytes.length, text.contains("\\u"));
  }

  /**
   * Of a JSON string, which is unescaped where it stands; what is in {@code json} up to its closing
   * quote is overwritten.
   */
  static MessageBody of(byte[] json, int start, JsonString string) {
    return new MessageBody(json, start, string.end() - start, string.unicodeEscapes());
  }

  /** Not only of this body. */
  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Whether a {@code \}{@code u} is in it. */
  boolean escapes() {
    return escapes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageBody body
        && Arrays.equals(
            bytes, offset, offset + length, body.bytes, body.offset, body.offset + body.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "MessageBody[" + length + " bytes]";
  }
}
