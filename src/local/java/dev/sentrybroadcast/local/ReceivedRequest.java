package dev.sentrybroadcast.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request that the stand-in accepted.
 *
 * @param headers by lower-case name
 * @param wireBytes how long the body was on the wire
 * @param body decompressed
 * @param spans decoded from a protobuf body; empty for other bodies
 */
@SuppressWarnings("ArrayRecordComponent") // The body as it came, not a value to compare.
public record ReceivedRequest(
    String path,
    Map<String, String> headers,
    int wireBytes,
    byte[] body,
    String project,
    String publicKey,
    List<ReceivedSpan> spans) {

  public ReceivedRequest {
    headers = Map.copyOf(headers);
    spans = List.copyOf(spans);
  }

  /** Empty when the header was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  @Override
  public String toString() {
    return "ReceivedRequest[" + path + ", " + body.length + " bytes, " + spans.size() + " spans]";
  }
}
