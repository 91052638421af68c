package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All content of one span that the privacy policy reveals, cut to what may leave. */
public final class SpanContent {

  private final ContentPolicy policy;
  private final int attributeBytes;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable Piece statusMessage;

  public SpanContent(ContentPolicy policy, int attributeBytes) {
    this.policy = policy;
    this.attributeBytes = attributeBytes;
  }

  /** The status message is the provider's text, or the error's type where that is not revealed. */
  public void failure(Failure failure) {
    String message = policy.reveal(failure.message());
    statusMessage = addText(null, message == null || message.isBlank() ? failure.type() : message);
  }

  /** The user's last message is cut last. */
  public void inputMessages(AttributeKey<String> key, @Nullable Content<List<Message>> content) {
    List<Message> given = policy.reveal(content);
    if (given != null) {
      List<Message> messages = DrawnMessages.input(given);
      messages(key, messages, lastUserMessage(messages));
    }
  }

  /** The first message is cut last. */
  public void outputMessages(AttributeKey<String> key, @Nullable Content<List<Message>> content) {
    List<Message> given = policy.reveal(content);
    if (given != null) {
      messages(key, DrawnMessages.output(given), 0);
    }
  }

  public void parts(AttributeKey<String> key, @Nullable Content<List<Part>> content) {
    List<Part> parts = policy.reveal(content);
    if (parts != null && !parts.isEmpty()) {
      add(
          key,
          MessageJson.ofParts(parts, attributeBytes),
          bytes -> {
            List<Part> cut = MessageTruncator.parts(parts, bytes);
            return cut == null ? null : MessageJson.ofParts(cut, bytes).toString();
          });
    }
  }

  /** A JSON string leaves as plain text; JSON that is too long becomes a JSON string. */
  public void json(AttributeKey<String> key, @Nullable Content<JsonText> content) {
    JsonText json = policy.reveal(content);
    if (json != null && json.json().startsWith("\"")) {
      revealed(key, MessageJson.plain(json));
    } else if (json != null) {
      addJson(key, json);
    }
  }

  public void toolDefinitions(AttributeKey<String> key, @Nullable Content<JsonText> content) {
    JsonText json = policy.reveal(content);
    if (json != null) {
      addJson(key, ToolDefinitions.flat(json));
    }
  }

  public void text(AttributeKey<String> key, @Nullable Content<String> content) {
    revealed(key, policy.reveal(content));
  }

  /** A text that the policy has revealed. */
  public void revealed(AttributeKey<String> key, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      addText(key, text);
    }
  }

  /** How often each kind was redacted. */
  public Map<String, Long> redacted() {
    return policy.redacted();
  }

  /**
   * Distributes the limit of a tree. Each span gets what it wants up to a common level, so only the
   * largest are cut; {@code main} is served before the others. Within a span its attributes share
   * in the same way.
   */
  public static void allot(SpanContent main, List<SpanContent> all, int spanBytes, int treeBytes) {
    int mainBytes = main.allot(Math.min(spanBytes, treeBytes));
    List<SpanContent> others = all.stream().filter(content -> content != main).toList();
    int[] wanted = others.stream().mapToInt(content -> content.allot(spanBytes)).toArray();
    int level = level(wanted, treeBytes - mainBytes);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] > level) {
        others.get(i).allot(level);
      }
    }
  }

  /** The largest level at which the sizes, each cut to the level, sum up to at most the budget. */
  static int level(int[] wanted, int budget) {
    int[] sorted = wanted.clone();
    Arrays.sort(sorted);
    int left = Math.max(0, budget);
    for (int i = 0; i < sorted.length; i++) {
      int share = left / (sorted.length - i);
      if (sorted[i] > share) {
        return share;
      }
      left -= sorted[i];
    }
    return Integer.MAX_VALUE;
  }

  /** Allots at most {@code spanBytes} to the pieces; returns how many they take of them. */
  private int allot(int spanBytes) {
    int[] wanted =
        pieces.stream().mapToInt(piece -> Math.min(piece.bytes, attributeBytes)).toArray();
    int level = level(wanted, spanBytes);
    int total = 0;
    for (int i = 0; i < wanted.length; i++) {
      pieces.get(i).allowed = Math.min(wanted[i], level);
      total += pieces.get(i).allowed;
    }
    return total;
  }

  /** Passes on each attribute as it may leave. */
  public void forEach(BiConsumer<AttributeKey<String>, String> consumer) {
    for (Piece piece : pieces) {
      String text = piece.text();
      if (piece.key != null && text != null) {
        consumer.accept(piece.key, text);
      }
    }
  }

  /** The status message as it may leave; empty where nothing failed. */
  public String statusMessage() {
    String text = statusMessage == null ? null : statusMessage.text();
    return text == null ? "" : text;
  }

  public boolean isCut() {
    return pieces.stream().anyMatch(Piece::isCut);
  }

  /** Bytes of UTF-8 before anything was cut. */
  public long originalBytes() {
    return pieces.stream().mapToLong(piece -> piece.bytes).sum();
  }

  @Override
  public String toString() {
    return "SpanContent[withheld]";
  }

  private void messages(AttributeKey<String> key, List<Message> messages, int kept) {
    if (!messages.isEmpty()) {
      int[] sizes = new int[messages.size()];
      add(
          key,
          MessageJson.ofMessages(messages, attributeBytes, sizes),
          bytes -> MessageTruncator.messages(messages, sizes, kept, bytes));
    }
  }

  private void addJson(AttributeKey<String> key, JsonText json) {
    String full = json.json().isBlank() ? "null" : SpanText.clean(json.json());
    add(
        key,
        full,
        bytes -> {
          String cut = TextTruncator.inJson(full, bytes - 2);
          return cut == null ? null : SpanText.quoted(cut);
        });
  }

  private Piece addText(@Nullable AttributeKey<String> key, String text) {
    String full = SpanText.clean(text);
    return add(key, full, bytes -> TextTruncator.plain(full, bytes));
  }

  private void add(AttributeKey<String> key, BoundedWriter json, Truncation truncation) {
    pieces.add(new Piece(key, json.toString(), json.bytes(), truncation));
  }

  private Piece add(@Nullable AttributeKey<String> key, String full, Truncation truncation) {
    Piece piece = new Piece(key, full, SpanText.utf8Bytes(full), truncation);
    pieces.add(piece);
    return piece;
  }

  private static int lastUserMessage(List<Message> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role().equals("user")) {
        return i;
      }
    }
    return messages.size() - 1;
  }

  private interface Truncation {
    @Nullable String within(int bytes);
  }

  /** One attribute, or the status message, which has no key. */
  private static final class Piece {

    final @Nullable AttributeKey<String> key;
    final int bytes;
    int allowed = Integer.MAX_VALUE;
    private final String full;
    private final Truncation truncation;

    Piece(@Nullable AttributeKey<String> key, String full, int bytes, Truncation truncation) {
      this.key = key;
      this.full = full;
      this.bytes = bytes;
      this.truncation = truncation;
    }

    boolean isCut() {
      return bytes > allowed;
    }

    /** As it may leave; null where there is no room for anything. */
    @Nullable String text() {
      return isCut() ? truncation.within(allowed) : full;
    }
  }
}
