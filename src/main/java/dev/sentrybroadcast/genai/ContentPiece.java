package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of a span's content, shortened on demand. */
abstract sealed class ContentPiece {

  final @Nullable AttributeKey<String> key;
  int allowed = Integer.MAX_VALUE;

  private ContentPiece(@Nullable AttributeKey<String> key) {
    this.key = key;
  }

  /** In full; not asked of what takes more than an attribute may. */
  abstract String full();

  abstract @Nullable String within(int bytes);

  abstract int bytes();

  /** No less than {@link #bytes}, told without counting. */
  abstract long mostBytes();

  final boolean isCut() {
    return allowed != Integer.MAX_VALUE && allowed < bytes();
  }

  /** No less than what is sent takes. */
  final int sentBytes() {
    return Math.min(allowed, bytes());
  }

  final @Nullable String sent() {
    return isCut() ? within(allowed) : full();
  }

  /** Written once, and no further than it may be kept. */
  abstract static sealed class Written extends ContentPiece {

    private final JsonBuilder json;

    Written(AttributeKey<String> key, JsonBuilder json) {
      super(key);
      this.json = json;
    }

    @Override
    final String full() {
      return json.toString();
    }

    @Override
    final int bytes() {
      return json.bytes();
    }

    @Override
    final long mostBytes() {
      return json.bytes();
    }
  }

  static final class OfMessages extends Written {

    private final List<Message> messages;
    private final int[] sizes;
    private final boolean output;

    OfMessages(
        AttributeKey<String> key, List<Message> messages, boolean output, int attributeBytes) {
      JsonBuilder json = JsonBuilder.upTo(attributeBytes, MessageJson.leastBytes(messages));
      this.messages = messages;
      this.sizes = MessageJson.messages(json, messages);
      this.output = output;
      super(key, json);
    }

    @Override
    @Nullable String within(int bytes) {
      return ShortMessages.within(messages, sizes, output ? 0 : lastUserMessage(), bytes);
    }

    private int lastUserMessage() {
      for (int i = messages.size() - 1; i >= 0; i--) {
        if (messages.get(i).role().equals("user")) {
          return i;
        }
      }
      return messages.size() - 1;
    }
  }

  static final class OfParts extends Written {

    private final List<Part> parts;

    OfParts(AttributeKey<String> key, List<Part> parts, int attributeBytes) {
      JsonBuilder json = JsonBuilder.upTo(attributeBytes, MessageJson.leastBytesOfParts(parts));
      MessageJson.parts(json, parts);
      this.parts = parts;
      super(key, json);
    }

    @Override
    @Nullable String within(int bytes) {
      return ShortMessages.partsWithin(parts, bytes);
    }
  }

  /** JSON that is too long becomes a JSON string of its head and tail. */
  static final class OfJson extends Written {

    private final String given;

    OfJson(AttributeKey<String> key, String given, int attributeBytes) {
      this.given = given;
      super(key, JsonBuilder.upTo(attributeBytes, JsonBuilder.leastBytes(given)).json(given));
    }

    @Override
    @Nullable String within(int bytes) {
      if (bytes < TextCut.LEAST_QUOTED_BYTES) {
        return null;
      }
      JsonBuilder out = JsonBuilder.of(bytes);
      TextCut.quoted(out, given, bytes);
      return out.toString();
    }
  }

  static final class OfText extends ContentPiece {

    private final String text;
    private int bytes = -1;

    OfText(@Nullable AttributeKey<String> key, String text) {
      super(key);
      this.text = text;
    }

    @Override
    String full() {
      return text;
    }

    @Override
    @Nullable String within(int bytes) {
      return TextCut.plain(text, bytes);
    }

    @Override
    int bytes() {
      if (bytes < 0) {
        bytes = Utf8.bytes(text);
      }
      return bytes;
    }

    @Override
    long mostBytes() {
      return (long) text.length() * Utf8.MOST_BYTES_PER_CHAR;
    }
  }
}
