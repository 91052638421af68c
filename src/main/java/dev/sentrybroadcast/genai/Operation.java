package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.ApiType;

/**
 * What a span of a generation does: {@code gen_ai.operation.name}, and the op among those that
 * Sentry lists (sentry-conventions, model/op/gen_ai.json).
 */
enum Operation {
  CHAT("chat", "gen_ai.chat"),
  // Sentry lists no op for plain completions.
  TEXT_COMPLETION("text_completion", "gen_ai.generate_content"),
  EMBEDDINGS("embeddings", "gen_ai.embeddings"),
  RERANK("rerank", "gen_ai.rerank"),
  GENERATE_CONTENT("generate_content", "gen_ai.generate_content"),
  INVOKE_AGENT("invoke_agent", "gen_ai.invoke_agent"),
  EXECUTE_TOOL("execute_tool", "gen_ai.execute_tool");

  private final String operationName;
  private final String op;

  Operation(String operationName, String op) {
    this.operationName = operationName;
    this.op = op;
  }

  static Operation of(ApiType type) {
    return switch (type) {
      case CHAT, RESPONSES, MESSAGES -> CHAT;
      case COMPLETION -> TEXT_COMPLETION;
      case EMBEDDINGS -> EMBEDDINGS;
      case RERANK -> RERANK;
      case IMAGE, SPEECH, TRANSCRIPTION -> GENERATE_CONTENT;
    };
  }

  String operationName() {
    return operationName;
  }

  String op() {
    return op;
  }
}
