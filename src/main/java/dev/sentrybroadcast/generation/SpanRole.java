package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * What a recorded span is.
 *
 * @param name its operation as the GenAI conventions name it; of a step a word for its kind
 */
public record SpanRole(Type type, String name) {

  /** Sentry counts all but attempts and steps as operations of an AI application. */
  public enum Type {
    MODEL_CALL,
    AGENT,
    TOOL,
    HANDOFF,
    EVALUATION,
    MEMORY,
    /** A call of one upstream within a model call. */
    ATTEMPT,
    /** Everything else: workflows, chains, prompts, retrievers, HTTP, databases. */
    STEP
  }

  public static final SpanRole CHAT = new SpanRole(Type.MODEL_CALL, "chat");
  public static final SpanRole TEXT_COMPLETION = new SpanRole(Type.MODEL_CALL, "text_completion");
  public static final SpanRole GENERATE_CONTENT = new SpanRole(Type.MODEL_CALL, "generate_content");
  public static final SpanRole EMBEDDINGS = new SpanRole(Type.MODEL_CALL, "embeddings");
  public static final SpanRole RERANK = new SpanRole(Type.MODEL_CALL, "rerank");
  public static final SpanRole AGENT = new SpanRole(Type.AGENT, "invoke_agent");
  public static final SpanRole TOOL = new SpanRole(Type.TOOL, "execute_tool");
  public static final SpanRole HANDOFF = new SpanRole(Type.HANDOFF, "handoff");
  public static final SpanRole ATTEMPT = new SpanRole(Type.ATTEMPT, "attempt");
  public static final SpanRole STEP = step("span");

  /** Of a call of an API. */
  public static SpanRole of(ApiType type) {
    return switch (type) {
      case CHAT, RESPONSES, MESSAGES -> CHAT;
      case COMPLETION -> TEXT_COMPLETION;
      case EMBEDDINGS -> EMBEDDINGS;
      case RERANK -> RERANK;
      case IMAGE, SPEECH, TRANSCRIPTION, OTHER -> GENERATE_CONTENT;
    };
  }

  /** {@code word} is sent in privacy mode, in place of the span's name. */
  public static SpanRole step(String word) {
    return new SpanRole(Type.STEP, word);
  }

  public boolean is(Type other) {
    return type == other;
  }

  /** Null where Sentry must not count the span. */
  public @Nullable String operation() {
    return type == Type.ATTEMPT || type == Type.STEP ? null : name;
  }
}
