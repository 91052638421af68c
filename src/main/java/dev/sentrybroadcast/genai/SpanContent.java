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

  private final List<Piece> pieces = new ArrayList<>(6);
  private @Nullable Piece statusMessage;

  void messages(AttributeKey<String> key, @Nullable List<Message> messages, boolean output) {
    if (messages != null && !messages.isEmpty()) {
      pieces.add(new MessagesPiece(key, messages, output));
    }
  }

  void parts(AttributeKey<String> key, @Nullable List<Part> parts) {
    if (parts != null && !parts.isEmpty()) {
      pieces.add(new PartsPiece(key, parts));
    }
  }

  void json(AttributeKey<String> key, @Nullable JsonText json) {
    if (json != null) {
      pieces.add(new JsonPiece(key, new JsonBuilder(json.json().length()).json(json.json())));
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

  boolean surelyWithin(int attributeBytes, int spanBytes) {
    for (Piece piece : pieces) {
      if (piece.mostBytes() > attributeBytes) {
        return false;
      }
    }
    return mostBytes() <= spanBytes;
  }

  /** Allots so many bytes to the pieces; returns how many they take of them at most. */
  int allot(int attributeBytes, int spanBytes) {
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

  /** One piece of content, in full, and shortened on demand. */
  private abstract static sealed class Piece {

    private final @Nullable AttributeKey<String> key;
    private final String full;
    private int bytes = -1;
    private int allowed = Integer.MAX_VALUE;

    Piece(@Nullable AttributeKey<String> key, String full) {
      this.key = key;
      this.full = full;
    }

    abstract @Nullable String within(int bytes);

    final String full() {
      return full;
    }

    final long mostBytes() {
      return (long) full.length() * Utf8.MOST_BYTES_PER_CHAR;
    }

    final int bytes() {
      if (bytes < 0) {
        bytes = Utf8.bytes(full);
      }
      return bytes;
    }

    final boolean isCut() {
      return allowed != Integer.MAX_VALUE && allowed < bytes();
    }

    final @Nullable String sent() {
      return isCut() ? within(allowed) : full;
    }
  }

  private static final class MessagesPiece extends Piece {

    private final List<Message> messages;
    private final boolean output;

    MessagesPiece(AttributeKey<String> key, List<Message> messages, boolean output) {
      super(key, MessageJson.messages(messages));
      this.messages = messages;
      this.output = output;
    }

    @Override
    @Nullable String within(int bytes) {
      return ShortMessages.within(messages, output ? 0 : lastUserMessage(), bytes);
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

  private static final class PartsPiece extends Piece {

    private final List<Part> parts;

    PartsPiece(AttributeKey<String> key, List<Part> parts) {
      super(key, MessageJson.parts(parts));
      this.parts = parts;
    }

    @Override
    @Nullable String within(int bytes) {
      return ShortMessages.partsWithin(parts, bytes);
    }
  }

  /** JSON that is too long becomes a JSON string of its head and tail. */
  private static final class JsonPiece extends Piece {

    JsonPiece(AttributeKey<String> key, JsonBuilder json) {
      super(key, json.toString());
    }

    @Override
    @Nullable String within(int bytes) {
      String cut = TextCut.quoted(full(), bytes);
      return cut == null ? null : new JsonBuilder(bytes).text(cut).toString();
    }
  }

  private static final class TextPiece extends Piece {

    TextPiece(@Nullable AttributeKey<String> key, String text) {
      super(key, text);
    }

    @Override
    @Nullable String within(int bytes) {
      return TextCut.plain(full(), bytes);
    }
  }
}
