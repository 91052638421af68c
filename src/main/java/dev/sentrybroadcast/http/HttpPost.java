package dev.sentrybroadcast.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A request: where to, its header fields, and its body, of which no copy is made. */
public final class HttpPost {

  /** Of a TLS record; so the head and a small body are one, and one write. */
  private static final int FIRST_WRITE_BYTES = 16 * 1024;

  private final Origin origin;
  private final String path;

  /** Names and values in turn. */
  private final List<String> fields = new ArrayList<>();

  private byte[] body = {};
  private int offset;
  private int length;

  /**
   * A request without a body.
   *
   * @param path starts with a slash; visible ASCII
   */
  public HttpPost(Origin origin, String path) {
    this.origin = origin;
    this.path = path;
    if (!path.startsWith("/") || !isVisible(path)) {
      throw new IllegalArgumentException("not a path");
    }
  }

  /** A request without a body to a URI; its user and fragment are left out. */
  public static HttpPost to(URI uri) {
    String path = uri.getRawPath();
    if (!isVisible(path)) {
      path = URI.create(uri.toASCIIString()).getRawPath();
    }
    if (uri.getRawQuery() != null) {
      path = path + "?" + uri.getRawQuery();
    }
    return new HttpPost(Origin.of(uri), path.startsWith("/") ? path : "/" + path);
  }

  /**
   * Sets a field, in place of one of the same name. Host and Content-Length are not for the caller.
   *
   * @throws IllegalArgumentException when the field would end its line
   */
  public HttpPost header(String name, String value) {
    if (name.isEmpty() || !isVisible(name) || name.indexOf(':') >= 0 || !isOneLine(value)) {
      throw new IllegalArgumentException("not a header field");
    }
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        fields.set(i + 1, value);
        return this;
      }
    }
    fields.add(name);
    fields.add(value);
    return this;
  }

  /** Sets the body: a part of an array that stays as it is until the request is sent. */
  public HttpPost body(byte[] bytes, int from, int count) {
    body = bytes;
    offset = from;
    length = count;
    return this;
  }

  public Origin origin() {
    return origin;
  }

  int bodyLength() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    byte[] head = head();
    int first = Math.clamp(FIRST_WRITE_BYTES - head.length, 0, length);
    byte[] start = Arrays.copyOf(head, head.length + first);
    System.arraycopy(body, offset, start, head.length, first);
    out.write(start);
    if (first < length) {
      out.write(body, offset + first, length - first);
    }
    out.flush();
  }

  private byte[] head() {
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(path).append(" HTTP/1.1\r\nHost: ");
    origin.appendAuthority(head);
    for (int i = 0; i < fields.size(); i += 2) {
      head.append("\r\n").append(fields.get(i)).append(": ").append(fields.get(i + 1));
    }
    head.append("\r\nContent-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "HttpPost[…]";
  }
}
