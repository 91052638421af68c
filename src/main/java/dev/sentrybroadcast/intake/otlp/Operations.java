package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the words in {@code gen_ai.operation.name} mean. Sentry takes every operation but those of
 * agents, tools and handoffs for a model call, so only words that are known are passed on.
 */
final class Operations {

  private Operations() {}

  /** A step for a word that is none of an operation. */
  static SpanRole role(String operation) {
    String word = operation.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "chat",
          "completion",
          "acompletion",
          "responses",
          "aresponses",
          "messages",
          "converse",
          "anthropic_messages",
          "aanthropic_messages",
          "call_llm" ->
          SpanRole.CHAT;
      case "text_completion", "atext_completion" -> SpanRole.TEXT_COMPLETION;
      case "generate_content",
          "agenerate_content",
          "generate_content_stream",
          "agenerate_content_stream",
          "image_generation",
          "aimage_generation",
          "image_edit",
          "aimage_edit",
          "speech",
          "aspeech",
          "transcription",
          "atranscription",
          "ocr",
          "aocr",
          "create_video",
          "acreate_video",
          "video_generation",
          "avideo_generation" ->
          SpanRole.GENERATE_CONTENT;
      case "embeddings", "embedding", "aembedding" -> SpanRole.EMBEDDINGS;
      case "rerank", "arerank" -> SpanRole.RERANK;
      case "invoke_agent", "create_agent" -> new SpanRole(SpanRole.Type.AGENT, word);
      case "execute_tool" -> SpanRole.TOOL;
      case "handoff" -> SpanRole.HANDOFF;
      case "evaluate", "decide", "extract" -> new SpanRole(SpanRole.Type.EVALUATION, word);
      case "search_memory",
          "create_memory",
          "upsert_memory",
          "update_memory",
          "delete_memory",
          "create_memory_store",
          "delete_memory_store" ->
          new SpanRole(SpanRole.Type.MEMORY, word);
      default -> Words.isWord(word) ? SpanRole.step(word) : SpanRole.STEP;
    };
  }

  /** Of a call of which no more is known than its model. */
  static SpanRole callOf(@Nullable String model) {
    boolean isEmbedding = model != null && model.toLowerCase(Locale.ROOT).contains("embed");
    return isEmbedding ? SpanRole.EMBEDDINGS : SpanRole.CHAT;
  }
}
