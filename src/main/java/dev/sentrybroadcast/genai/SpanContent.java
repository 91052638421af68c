package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All content of one span: what was disclosed, and how much of each piece may leave. */
final class SpanContent {

  private final int attributeBytes;
  private final List<ContentPiece> pieces = new ArrayList<>(6);
  private @Nullable ContentPiece statusMessage;

  SpanContent(int attributeBytes) {
    this.attributeBytes = attributeBytes;
  }

  /** The words of a failure, or its type. */
  void failure(Failure failure, Disclosure disclosure) {
    statusMessage =
        new ContentPiece.OfText(
            null, SpanText.attribute(disclosure.errorText(failure), Integer.MAX_VALUE));
    pieces.add(statusMessage);
  }

  /** What went into a model, and what came out. */
  void exchange(Exchange exchange, Disclosure disclosure) {
    messages(SpanAttributes.INPUT_MESSAGES, disclosure.of(exchange.inputMessages()), false);
    messages(SpanAttributes.OUTPUT_MESSAGES, disclosure.of(exchange.outputMessages()), true);
    parts(SpanAttributes.SYSTEM_INSTRUCTIONS, disclosure.of(exchange.systemInstructions()));
    json(SpanAttributes.TOOL_DEFINITIONS, disclosure.of(exchange.toolDefinitions()));
    json(SpanAttributes.EMBEDDINGS_INPUT, disclosure.of(exchange.embeddingsInput()));
  }

  private void messages(
      AttributeKey<String> key, @Nullable List<Message> messages, boolean output) {
    if (messages != null && !messages.isEmpty()) {
      pieces.add(new ContentPiece.OfMessages(key, messages, output, attributeBytes));
    }
  }

  private void parts(AttributeKey<String> key, @Nullable List<Part> parts) {
    if (parts != null && !parts.isEmpty()) {
      pieces.add(new ContentPiece.OfParts(key, parts, attributeBytes));
    }
  }

  void json(AttributeKey<String> key, @Nullable JsonText json) {
    if (json != null) {
      pieces.add(new ContentPiece.OfJson(key, json.json(), attributeBytes));
    }
  }

  void text(AttributeKey<String> key, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      pieces.add(new ContentPiece.OfText(key, SpanText.attribute(text, Integer.MAX_VALUE)));
    }
  }

  /** Bytes that all pieces together certainly do not exceed. */
  long mostBytes() {
    long most = 0;
    for (ContentPiece piece : pieces) {
      most += piece.mostBytes();
    }
    return most;
  }

  boolean surelyWithin(int spanBytes) {
    for (ContentPiece piece : pieces) {
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
  void put(AttributeList.Builder to) {
    boolean truncated = false;
    for (ContentPiece piece : pieces) {
      truncated |= piece.isCut();
      String sent = piece.sent();
      if (piece.key != null && sent != null) {
        to.put(piece.key, sent, piece.sentBytes());
      }
    }
    if (truncated) {
      long original = 0;
      for (ContentPiece piece : pieces) {
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
}
