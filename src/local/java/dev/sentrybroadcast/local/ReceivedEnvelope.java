package dev.sentrybroadcast.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * An envelope as the stand-in accepted it.
 *
 * @param header the envelope's own header line
 * @param raw decompressed
 * @see <a href="https://develop.sentry.dev/sdk/data-model/envelopes/">Envelopes</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Payloads as they came, not values to compare.
public record ReceivedEnvelope(
    JsonNode header, List<Item> items, String project, String publicKey, byte[] raw) {

  /** One item: a header line and its payload. */
  public record Item(JsonNode header, byte[] payload) {

    public String type() {
      return header.field("type").map(JsonNode::text).orElse("");
    }

    /** The payload of an item that is JSON, as an event is. */
    public JsonNode json() {
      return JsonNode.parser().parse(payload);
    }

    @Override
    public String toString() {
      return "Item[" + type() + ", " + payload.length + " bytes]";
    }
  }

  /** Fails with an {@link IllegalArgumentException} for what is no envelope. */
  static ReceivedEnvelope parse(byte[] raw, String project, String publicKey) {
    int position = lineEnd(raw, 0);
    JsonNode header = json(raw, 0, position);
    List<Item> items = new ArrayList<>();
    position++;
    while (position < raw.length) {
      int end = lineEnd(raw, position);
      JsonNode itemHeader = json(raw, position, end);
      int start = Math.min(end + 1, raw.length);
      int payloadEnd =
          itemHeader
              .field("length")
              .map(length -> start + Integer.parseInt(length.asNumber()))
              .orElseGet(() -> lineEnd(raw, start));
      if (payloadEnd > raw.length) {
        throw new IllegalArgumentException("the item is shorter than its length says");
      }
      items.add(new Item(itemHeader, Arrays.copyOfRange(raw, start, payloadEnd)));
      position = payloadEnd + 1;
    }
    return new ReceivedEnvelope(header, items, project, publicKey, raw);
  }

  private static JsonNode json(byte[] raw, int from, int to) {
    try {
      JsonNode node =
          JsonNode.parser().parse(new String(raw, from, to - from, StandardCharsets.UTF_8));
      if (node.isObject()) {
        return node;
      }
    } catch (RuntimeException _) {
      // The parser's own message quotes what it read.
    }
    throw new IllegalArgumentException("a header line is not a JSON object");
  }

  private static int lineEnd(byte[] raw, int from) {
    int end = from;
    while (end < raw.length && raw[end] != '\n') {
      end++;
    }
    return end;
  }

  @Override
  public String toString() {
    return "ReceivedEnvelope[" + items + " of project " + project + "]";
  }
}
