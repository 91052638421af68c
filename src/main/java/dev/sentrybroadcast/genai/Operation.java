package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.ApiType;
import java.util.Locale;

/**
 * What a span of a generation does: {@code gen_ai.operation.name}, and the op among those that
 * Sentry lists (sentry-conventions, model/op/gen_ai.json).
 */
enum Operation {
  CHAT,
  TEXT_COMPLETION,
  EMBEDDINGS,
  RERANK,
  GENERATE_CONTENT,
  INVOKE_AGENT,
  EXECUTE_TOOL;

  static Operation of(ApiType type) {
    return switch (type) {
      case CHAT, RESPONSES, MESSAGES -> CHAT;
      case COMPLETION -> TEXT_COMPLETION;
      case EMBEDDINGS -> EMBEDDINGS;
      case RERANK -> RERANK;
      case IMAGE, SPEECH, TRANSCRIPTION, OTHER -> GENERATE_CONTENT;
    };
  }

  String operationName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String op() {
    return "gen_ai." + operationName();
  }
}
