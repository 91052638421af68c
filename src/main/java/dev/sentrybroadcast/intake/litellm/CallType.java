package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.ApiType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code call_type}; asynchronous calls have an {@code a} before the name.
 *
 * @see <a href="https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py">CallTypes</a>
 */
final class CallType {

  /** What calls do that manage files, assistants, videos and the like. */
  private static final Pattern MANAGING =
      Pattern.compile(
          "(^|_)a?(list|get|retrieve|delete|cancel|update|upload|create|add|status|content|file"
              + "|files|thread|threads|assistants|model|models|input_items)(_|$)");

  private CallType() {}

  static boolean isTool(@Nullable String callType) {
    return "call_mcp_tool".equals(callType);
  }

  /** A batch runs for hours; records of it say how it stands. */
  static boolean isBatch(@Nullable String callType) {
    return callType != null && callType.endsWith("_batch");
  }

  /**
   * Null for a call that generates nothing, such as listing files, unless it cost something. A
   * failed or an answered call of an unknown type counts.
   */
  static @Nullable ApiType apiType(
      @Nullable String callType, boolean cost, boolean failed, boolean answered) {
    if (callType == null) {
      return ApiType.CHAT;
    }
    ApiType known = known(callType.replaceFirst("^_", ""));
    if (known != null) {
      return known;
    }
    boolean generates = !isBatch(callType) && !MANAGING.matcher(callType).find();
    return cost || (generates && (failed || answered)) ? ApiType.OTHER : null;
  }

  private static @Nullable ApiType known(String callType) {
    return switch (callType) {
      case "completion", "acompletion", "pass_through_endpoint" -> ApiType.CHAT;
      case "llm_passthrough_route", "allm_passthrough_route", "chat", "achat" -> ApiType.CHAT;
      case "generate_content", "agenerate_content", "generate_content_stream" -> ApiType.CHAT;
      case "agenerate_content_stream", "realtime", "arealtime", "asend_message" -> ApiType.CHAT;
      case "text_completion", "atext_completion" -> ApiType.COMPLETION;
      case "responses", "aresponses", "aresponses_websocket" -> ApiType.RESPONSES;
      case "compact_responses", "acompact_responses" -> ApiType.RESPONSES;
      case "anthropic_messages", "aanthropic_messages" -> ApiType.MESSAGES;
      case "embedding", "aembedding" -> ApiType.EMBEDDINGS;
      case "rerank", "arerank" -> ApiType.RERANK;
      case "image_generation", "aimage_generation", "image_edit", "aimage_edit" -> ApiType.IMAGE;
      case "image_variation", "aimage_variation", "video_remix", "avideo_remix" -> ApiType.IMAGE;
      case "create_video", "acreate_video", "video_generation", "avideo_generation" ->
          ApiType.IMAGE;
      case "speech", "aspeech" -> ApiType.SPEECH;
      case "transcription", "atranscription" -> ApiType.TRANSCRIPTION;
      case "ocr", "aocr", "search", "asearch", "moderation", "amoderation" -> ApiType.OTHER;
      case "vector_store_search", "avector_store_search" -> ApiType.OTHER;
      default -> null;
    };
  }

  /** The provider, where LiteLLM names one of its APIs. */
  static String provider(String name) {
    return switch (name) {
      case "text-completion-openai", "openai_like", "custom_openai" -> "openai";
      case "azure_text" -> "azure";
      case "text-completion-codestral", "codestral" -> "mistral";
      case "cohere_chat" -> "cohere";
      default -> name;
    };
  }
}
