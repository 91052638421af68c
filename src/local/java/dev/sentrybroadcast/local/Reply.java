package dev.sentrybroadcast.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client gets to see for its request: an answer, or one of the ways to get none. */
@SuppressWarnings("ArrayRecordComponent") // Replies are compared by nobody.
public sealed interface Reply {

  /** An answer exactly as given; its length is added. */
  record Answer(int status, Map<String, String> headers, byte[] body) implements Reply {}

  /** A refusal in the words and the format Relay would use for this request. */
  record Refusal(int status, Map<String, String> headers) implements Reply {}

  /** The stand-in's own judgement, as if nothing had been scripted. */
  record AsRelay() implements Reply {}

  /** The request is judged and kept as Relay would, but the client sees this. */
  record Kept(Reply seen) implements Reply {}

  /** Nothing for a while, then this. */
  record Delayed(Duration by, Reply then) implements Reply {}

  /** The connection is closed with no answer; {@code reset} sends RST instead of FIN. */
  record Closed(boolean reset) implements Reply {}

  /** The connection is closed after that many bytes of the answer. */
  record Cut(Reply whole, int afterBytes) implements Reply {}

  /** The server's direction is closed with no answer; the client's stays open. */
  record HalfClosed() implements Reply {}

  /** These bytes in place of HTTP, and the connection is closed. */
  record Garbage(byte[] bytes) implements Reply {}

  /** The answer one byte at a time. */
  record Slow(Reply whole, Duration perByte) implements Reply {}

  /** The answer, and the connection is closed although the client may keep it in its pool. */
  record Stale(Reply whole) implements Reply {}

  /** A refusal as Relay words it; header names and values alternate. */
  static Reply status(int status, String... headers) {
    return new Refusal(status, pairs(headers));
  }

  /** An answer with a body of its own; header names and values alternate. */
  static Reply answer(int status, String body, String... headers) {
    return new Answer(status, pairs(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply asRelay() {
    return new AsRelay();
  }

  static Reply closed() {
    return new Closed(false);
  }

  static Reply reset() {
    return new Closed(true);
  }

  static Reply halfClosed() {
    return new HalfClosed();
  }

  static Reply garbage() {
    return new Garbage(
        "\u0016\u0003\u0001 this is not HTTP\r\n\r\n\0\0".getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Silence for a while; the request is judged, and kept, when it is over. */
  static Reply stalled(Duration by) {
    return new Delayed(by, new AsRelay());
  }

  /** The request is judged, and kept, but its answer breaks off. */
  static Reply cut(int afterBytes) {
    return new Cut(new AsRelay(), afterBytes);
  }

  /** The request is judged, and kept, and its answer dribbles. */
  static Reply slow(Duration perByte) {
    return new Slow(new AsRelay(), perByte);
  }

  /** The request counts as accepted, but the answer is lost: the client has to send it again. */
  static Reply lost() {
    return new Kept(new Closed(false));
  }

  private static Map<String, String> pairs(String... alternating) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i + 1 < alternating.length; i += 2) {
      headers.put(alternating[i], alternating[i + 1]);
    }
    return headers;
  }
}
