package dev.sentrybroadcast.http;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an answer, and what they say of its body.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9112#section-6.3">RFC 9112, 6.3</a>
 */
final class AnswerHead {

  final int status;
  final Map<String, List<String>> headers = new LinkedHashMap<>();

  private boolean keepAlive;
  private boolean encoded;
  private boolean chunked;
  private long length = -1;
  private @Nullable List<String> last;

  AnswerHead(String statusLine) throws ProtocolException {
    status = status(statusLine);
    keepAlive = statusLine.startsWith("HTTP/1.1");
  }

  boolean hasBody() {
    return status != 204 && status != 304;
  }

  boolean isChunked() {
    return chunked;
  }

  /** Negative when the body ends with the connection. */
  long length() {
    return encoded ? -1 : length;
  }

  boolean isKeptAlive() {
    return keepAlive;
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

  void field(String line) throws ProtocolException {
    if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      continued(line.strip());
      return;
    }
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new ProtocolException("not an HTTP header");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    List<String> values = headers.get(name);
    if (values == null) {
      values = new ArrayList<>(1);
      headers.put(name, values);
    }
    values.add(value);
    last = values;
    frame(name, value);
  }

  /** A line folded in the old way, of which a client makes one. */
  private void continued(String value) throws ProtocolException {
    if (last == null) {
      throw new ProtocolException("not an HTTP header");
    }
    last.set(last.size() - 1, last.getLast() + " " + value);
  }

  private void frame(String name, String value) throws ProtocolException {
    if (name.equals("content-length")) {
      long told = number(value, 10);
      if (length >= 0 && length != told) {
        throw new ProtocolException("two lengths");
      }
      length = told;
    } else if (name.equals("transfer-encoding")) {
      encoded = true;
      chunked = lastToken(value).equalsIgnoreCase("chunked");
    } else if (name.equals("connection") && hasToken(value, "close")) {
      keepAlive = false;
    }
  }

  private static String lastToken(String list) {
    return list.substring(list.lastIndexOf(',') + 1).strip();
  }

  private static boolean hasToken(String list, String token) {
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      if (list.substring(start, end).strip().equalsIgnoreCase(token)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  static long number(String text, int radix) throws ProtocolException {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 15) {
      throw new ProtocolException("not a length");
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        throw new ProtocolException("not a length");
      }
      number = number * radix + digit;
    }
    return number;
  }
}
