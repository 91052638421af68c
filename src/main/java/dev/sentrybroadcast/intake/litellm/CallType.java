package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Usage;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code call_type}; asynchronous calls have an {@code a} before the name.
 *
 * @see <a href="https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py">CallTypes</a>
 */
final class CallType {

  private CallType() {}

  static boolean isTool(@Nullable String callType) {
    return "call_mcp_tool".equals(callType);
  }

  /**
   * Null for a call that generates nothing, such as listing files. An unknown call that used tokens
   * is a chat.
   */
  static @Nullable ApiType apiType(@Nullable String callType, Usage usage) {
    if (callType == null) {
      return ApiType.CHAT;
    }
    return switch (callType) {
      case "completion", "acompletion", "pass_through_endpoint", "allm_passthrough_route" ->
          ApiType.CHAT;
      case "generate_content", "agenerate_content", "generate_content_stream" -> ApiType.CHAT;
      case "agenerate_content_stream" -> ApiType.CHAT;
      case "text_completion", "atext_completion" -> ApiType.COMPLETION;
      case "responses", "aresponses", "_aresponses_websocket" -> ApiType.RESPONSES;
      case "anthropic_messages", "aanthropic_messages" -> ApiType.MESSAGES;
      case "embedding", "aembedding" -> ApiType.EMBEDDINGS;
      case "rerank", "arerank" -> ApiType.RERANK;
      case "image_generation", "aimage_generation", "image_edit", "aimage_edit" -> ApiType.IMAGE;
      case "create_video", "acreate_video", "video_generation", "avideo_generation" ->
          ApiType.IMAGE;
      case "speech", "aspeech" -> ApiType.SPEECH;
      case "transcription", "atranscription" -> ApiType.TRANSCRIPTION;
      default -> usage.inputTokens() == null && usage.outputTokens() == null ? null : ApiType.CHAT;
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
