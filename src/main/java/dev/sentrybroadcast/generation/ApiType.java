package dev.sentrybroadcast.generation;

/** The API that was called, as {@code api_type} names it. */
public enum ApiType {
  CHAT,
  COMPLETION,
  RESPONSES,
  MESSAGES,
  EMBEDDINGS,
  RERANK,
  IMAGE,
  SPEECH,
  TRANSCRIPTION,
  /** Another call of a model, such as OCR, a batch or a search. */
  OTHER
}
