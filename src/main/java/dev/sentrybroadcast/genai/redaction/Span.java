package dev.sentrybroadcast.genai.redaction;

/** A place in a text; empty where nothing was found. */
record Span(int start, int end) {

  static final Span NONE = new Span(0, 0);
}
