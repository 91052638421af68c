package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The API that a record names in {@code api_type}. */
final class SaidApiType {

  private SaidApiType() {}

  /** Null where the record names none, or one that is not known. */
  static @Nullable ApiType of(ObjectView record) {
    String name = record.text("api_type");
    return switch (name == null ? null : name.toLowerCase(Locale.ROOT)) {
      case "chat" -> ApiType.CHAT;
      case "completion", "text_completion" -> ApiType.COMPLETION;
      case "responses" -> ApiType.RESPONSES;
      case "messages" -> ApiType.MESSAGES;
      case "embeddings", "embedding" -> ApiType.EMBEDDINGS;
      case "rerank" -> ApiType.RERANK;
      case "image", "video" -> ApiType.IMAGE;
      case "speech", "tts" -> ApiType.SPEECH;
      case "transcription", "stt" -> ApiType.TRANSCRIPTION;
      case "ocr", "search", "batch", "moderation" -> ApiType.OTHER;
      case "completions" -> null; // OpenRouter's word, also for chat
      case null -> null;
      default -> {
        record.drop("api_type");
        yield null;
      }
    };
  }
}
