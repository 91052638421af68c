package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code call_type}; asynchronous calls have an {@code a} before the name.
 *
 * @see <a href="https://github.com/BerriAI/litellm/blob/main/litellm/types/utils.py">CallTypes</a>
 */
final class CallType {

  private static final Map<String, ApiType> KNOWN =
      types(
          """
          CHAT completion pass_through_endpoint llm_passthrough_route chat generate_content
          CHAT generate_content_stream realtime send_message
          COMPLETION text_completion
          RESPONSES responses responses_websocket compact_responses
          MESSAGES anthropic_messages
          EMBEDDINGS embedding
          RERANK rerank
          IMAGE image_generation image_edit image_variation video_remix create_video
          IMAGE video_generation
          SPEECH speech
          TRANSCRIPTION transcription
          OTHER ocr search moderation vector_store_search
          """);

  /** What calls do that manage files, assistants, videos and the like. */
  private static final Pattern MANAGING =
      Pattern.compile(
          "(^|_)a?(list|get|retrieve|delete|cancel|update|upload|create|add|status|content|file"
              + "|files|thread|threads|assistants|model|models|input_items)(_|$)");

  private CallType() {}

  private static Map<String, ApiType> types(String table) {
    Map<String, ApiType> types = new HashMap<>();
    Words.table(table)
        .forEach((type, names) -> names.forEach(name -> types.put(name, ApiType.valueOf(type))));
    return types;
  }

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
    String name = callType.replaceFirst("^_", "");
    ApiType known = KNOWN.get(name);
    if (known == null && name.startsWith("a")) {
      known = KNOWN.get(name.substring(1));
    }
    boolean generates = !isBatch(callType) && !MANAGING.matcher(callType).find();
    boolean counts = cost || (generates && (failed || answered));
    return known != null ? known : counts ? ApiType.OTHER : null;
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
