package dev.sentrybroadcast.intake;

import java.nio.charset.StandardCharsets;

/**
 * Goes forward through JSON that is known to be well-formed, such as an event of Lambda, and gives
 * texts away without reading them twice: a general parser checks each byte of a text that is only
 * passed over, and the body of a message is checked anyway when it is read. What is no JSON may end
 * in an {@link IllegalArgumentException} or an {@link IndexOutOfBoundsException}; neither quotes
 * it.
 */
public final class JsonCursor {

  private final byte[] json;
  private int at;

  /** At the beginning of {@code json}, which is UTF-8 and may be overwritten by {@link #body}. */
  public JsonCursor(byte[] json) {
    this.json = json;
  }

  /** Enters the object that is next; false, and past the value, where it is something else. */
  public boolean enterObject() {
    return enter('{');
  }

  /** Enters the array that is next; false, and past the value, where it is something else. */
  public boolean enterArray() {
    return enter('[');
  }

  private boolean enter(char bracket) {
    if (peek() == bracket) {
      at++;
      return true;
    }
    skip();
    return false;
  }

  /** Goes to the next element of the array; false, and out of it, where there is none. */
  public boolean nextElement() {
    return next(']');
  }

  /** Goes to the next field of the object; false, and out of it, where there is none. */
  public boolean nextField() {
    return next('}');
  }

  private boolean next(char bracket) {
    byte here = peek();
    if (here == ',') {
      at++;
      return true;
    }
    if (here == bracket) {
      at++;
      return false;
    }
    return true;
  }

  /** The name of the field; then its value is next. */
  public String name() {
    peek();
    String name = text();
    if (peek() != ':') {
      throw broken();
    }
    at++;
    return name;
  }

  /** The text that is next. */
  public String text() {
    MessageBody text = body();
    return new String(text.bytes(), text.offset(), text.length(), StandardCharsets.UTF_8);
  }

  /** Whether a text is next. */
  public boolean isText() {
    return peek() == '"';
  }

  /** The text that is next, unescaped where it stands. */
  public MessageBody body() {
    if (json[at] != '"') {
      throw broken();
    }
    int start = at + 1;
    JsonString string = JsonString.unescape(json, start);
    at = string.closing() + 1;
    return MessageBody.of(json, start, string);
  }

  /** Passes the value that is next. */
  public void skip() {
    int depth = 0;
    do {
      switch (peek()) {
        case '"' -> at = JsonString.closing(json, at + 1) + 1;
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case ',', ':' -> at++;
        default -> skipLiteral();
      }
    } while (depth > 0);
  }

  private void skipLiteral() {
    int start = at;
    while (at < json.length && ",]} \n\r\t".indexOf(json[at]) < 0) {
      at++;
    }
    String literal = new String(json, start, at - start, StandardCharsets.UTF_8);
    boolean known = literal.equals("true") || literal.equals("false") || literal.equals("null");
    if (!known && (literal.isEmpty() || "-0123456789".indexOf(literal.charAt(0)) < 0)) {
      throw broken();
    }
  }

  private byte peek() {
    while (at < json.length) {
      byte here = json[at];
      if (here != ' ' && here != '\n' && here != '\r' && here != '\t') {
        return here;
      }
      at++;
    }
    throw broken();
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException("no JSON");
  }
}
