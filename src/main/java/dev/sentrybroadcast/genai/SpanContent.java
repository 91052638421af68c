package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All content of one span: what was disclosed, and how much of each piece may leave. */
final class SpanContent {

  private final int attributeBytes;
  private final List<Piece> pieces = new ArrayList<>(6);
  private @Nullable Piece statusMessage;

  SpanContent(int attributeBytes) {
    this.attributeBytes = attributeBytes;
  }

  void messages(AttributeKey<String> key, @Nullable List<Message> messages, boolean output) {
    if (messages != null && !messages.isEmpty()) {
      pieces.add(new MessagesPiece(key, messages, output, attributeBytes));
    }
  }

  void parts(AttributeKey<String> key, @Nullable List<Part> parts) {
    if (parts != null && !parts.isEmpty()) {
      pieces.add(new PartsPiece(key, parts, attributeBytes));
    }
  }

  void json(AttributeKey<String> key, @Nullable JsonText json) {
    if (json != null) {
      pieces.add(new JsonPiece(key, json.json(), attributeBytes));
    }
  }

  void text(AttributeKey<String> key, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      pieces.add(new TextPiece(key, SpanText.attribute(text, Integer.MAX_VALUE)));
    }
  }

  void statusMessage(String text) {
    statusMessage = new TextPiece(null, SpanText.attribute(text, Integer.MAX_VALUE));
    pieces.add(statusMessage);
  }

  /** Bytes that all pieces together certainly do not exceed. */
  long mostBytes() {
    long most = 0;
    for (Piece piece : pieces) {
      most += piece.mostBytes();
    }
    return most;
  }

  boolean surelyWithin(int spanBytes) {
    for (Piece piece : pieces) {
      if (piece.mostBytes() > attributeBytes) {
        return false;
      }
    }
    return mostBytes() <= spanBytes;
  }

  /** Allots so many bytes to the pieces; returns how many they take of them at most. */
  int allot(int spanBytes) {
    int[] wanted = new int[pieces.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = Math.min(pieces.get(i).bytes(), attributeBytes);
    }
    int level = ContentBudget.level(wanted, spanBytes);
    int total = 0;
    for (int i = 0; i < wanted.length; i++) {
      pieces.get(i).allowed = Math.min(wanted[i], level);
      total += pieces.get(i).allowed;
    }
    return total;
  }

  /** Puts what may leave, and says what was left out. */
  void put(AttributesBuilder to) {
    boolean truncated = false;
    for (Piece piece : pieces) {
      truncated |= piece.isCut();
      String sent = piece.sent();
      if (piece.key != null && sent != null) {
        to.put(piece.key, sent);
      }
    }
    if (truncated) {
      long original = 0;
      for (Piece piece : pieces) {
        original += piece.bytes();
      }
      to.put(SpanAttributes.CONTENT_TRUNCATED, true);
      to.put(SpanAttributes.CONTENT_ORIGINAL_LENGTH, original);
    }
  }

  /** The status message as it may leave. */
  String statusMessage() {
    String sent = statusMessage == null ? null : statusMessage.sent();
    return sent == null ? "" : sent;
  }

  @Override
  public String toString() {
    return "SpanContent[withheld]";
  }

  /** One piece of content, shortened on demand. */
  private abstract static sealed class Piece {

    private final @Nullable AttributeKey<String> key;
    private int allowed = Integer.MAX_VALUE;

    Piece(@Nullable AttributeKey<String> key) {
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

    final @Nullable String sent() {
      return isCut() ? within(allowed) : full();
    }
  }

  /** Written once, and no further than it may be kept. */
  private abstract static sealed class WrittenPiece extends Piece {

    private final JsonBuilder json;

    WrittenPiece(AttributeKey<String> key, JsonBuilder json) {
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

  private static final class MessagesPiece extends WrittenPiece {

    private final List<Message> messages;
    private final int[] sizes;
    private final boolean output;

    MessagesPiece(
        AttributeKey<String> key, List<Message> messages, boolean output, int attributeBytes) {
      JsonBuilder json = JsonBuilder.upTo(attributeBytes);
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

  private static final class PartsPiece extends WrittenPiece {

    private final List<Part> parts;

    PartsPiece(AttributeKey<String> key, List<Part> parts, int attributeBytes) {
      JsonBuilder json = JsonBuilder.upTo(attributeBytes);
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
  private static final class JsonPiece extends WrittenPiece {

    private final String given;

    JsonPiece(AttributeKey<String> key, String given, int attributeBytes) {
      this.given = given;
      super(key, JsonBuilder.upTo(attributeBytes).json(given));
    }

    @Override
    @Nullable String within(int bytes) {
      String cut = TextCut.quoted(given, bytes);
      return cut == null ? null : new JsonBuilder(bytes).text(cut).toString();
    }
  }

  private static final class TextPiece extends Piece {

    private final String text;
    private int bytes = -1;

    TextPiece(@Nullable AttributeKey<String> key, String text) {
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
