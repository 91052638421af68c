package dev.sentrybroadcast.intake;

import java.nio.charset.StandardCharsets;

/**
 * Goes forward through JSON that is known to be well-formed, such as an event of Lambda or what was
 * read before, and gives texts away without reading them twice: a general parser checks each byte
 * of a text that is only passed over, and the body of a message is checked anyway when it is read.
 * What is no JSON may end in an {@link IllegalArgumentException} or an {@link
 * IndexOutOfBoundsException}; neither quotes it.
 */
public final class JsonCursor {

  /**
   * The names that were met last, since they recur from message to message. Whichever thread
   * changes it, what is there is a name.
   */
  private static final String[] NAMES = new String[128];

  private static final int NAME_BYTES = 32;

  private final byte[] json;
  private int at;

  /** At the beginning of {@code json}, which is UTF-8 and may be overwritten by {@link #body}. */
  public JsonCursor(byte[] json) {
    this(json, 0);
  }

  /** At a value within {@code json}. */
  JsonCursor(byte[] json, int at) {
    this.json = json;
    this.at = at;
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
    int start = behindQuote();
    int end = JsonString.endOfPlain(json, start);
    String name;
    if (json[end] == '"' && end - start <= NAME_BYTES) {
      name = name(start, end);
      at = end + 1;
    } else {
      name = text();
    }
    if (peek() != ':') {
      throw broken();
    }
    at++;
    return name;
  }

  private String name(int start, int end) {
    int slot = (961 * (end - start) + 31 * json[start] + json[end - 1]) & (NAMES.length - 1);
    String name = NAMES[slot];
    if (name == null || !isThere(name, start, end)) {
      name = new String(json, start, end - start, StandardCharsets.UTF_8);
      NAMES[slot] = name;
    }
    return name;
  }

  private boolean isThere(String ascii, int start, int end) {
    if (ascii.length() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (ascii.charAt(i - start) != json[i]) {
        return false;
      }
    }
    return true;
  }

  /** The text that is next; half a surrogate pair is U+FFFD. */
  public String text() {
    int start = behindQuote();
    int end = JsonString.endOfPlain(json, start);
    if (json[end] == '"') {
      at = end + 1;
      return new String(json, start, end - start, StandardCharsets.UTF_8);
    }
    int closing = JsonString.closing(json, end);
    at = closing + 1;
    return JsonString.read(json, start, closing);
  }

  /** Whether a text is next. */
  public boolean isText() {
    return peek() == '"';
  }

  /** The text that is next, unescaped where it stands. */
  public MessageBody body() {
    int start = behindQuote();
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

  /** The number, {@code true}, {@code false} or {@code null} that is next, as it is written. */
  String literal() {
    int start = at;
    while (at < json.length && ",]} \n\r\t".indexOf(json[at]) < 0) {
      at++;
    }
    return new String(json, start, at - start, StandardCharsets.UTF_8);
  }

  private void skipLiteral() {
    String literal = literal();
    boolean known = literal.equals("true") || literal.equals("false") || literal.equals("null");
    // Numbers, and with an N or an I what Python and JsonReader take for such.
    if (!known && (literal.isEmpty() || "-+0123456789NI".indexOf(literal.charAt(0)) < 0)) {
      throw broken();
    }
  }

  /** Where the text that is next begins. */
  private int behindQuote() {
    if (json[at] != '"') {
      throw broken();
    }
    return at + 1;
  }

  /** The first character of what is next. */
  byte peek() {
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
