package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message. Modality is {@code image}, {@code audio}, {@code video} or {@code document}.
 * No part prints what it holds.
 */
public sealed interface Part {

  /** Plain text. */
  record Text(String text) implements Part {
    @Override
    public String toString() {
      return "Text[withheld]";
    }
  }

  /** A model's reasoning, or its summary. */
  record Reasoning(String text) implements Part {
    @Override
    public String toString() {
      return "Reasoning[withheld]";
    }
  }

  /** A refusal to answer. */
  record Refusal(String text) implements Part {
    @Override
    public String toString() {
      return "Refusal[withheld]";
    }
  }

  /** A tool call that the model asks for. */
  record ToolCall(@Nullable String id, String name, @Nullable JsonText arguments) implements Part {
    @Override
    public String toString() {
      return "ToolCall[withheld]";
    }
  }

  /** What a tool gave back, as the model got to see it. */
  record ToolResult(@Nullable String id, @Nullable String name, JsonText response) implements Part {
    @Override
    public String toString() {
      return "ToolResult[withheld]";
    }
  }

  /** Inline data; the data itself is dropped at intake. {@code bytes}: its decoded size. */
  record Blob(String modality, @Nullable String mimeType, long bytes) implements Part {
    @Override
    public String toString() {
      return "Blob[withheld]";
    }
  }

  /** Data by address (never a {@code data:} address). */
  record Uri(String modality, @Nullable String mimeType, String uri) implements Part {
    @Override
    public String toString() {
      return "Uri[withheld]";
    }
  }

  /** Data by a provider's file id. */
  record FileReference(String modality, @Nullable String mimeType, String fileId) implements Part {
    @Override
    public String toString() {
      return "FileReference[withheld]";
    }
  }

  /** A part of no known kind. */
  record Other(String type, JsonText json) implements Part {
    @Override
    public String toString() {
      return "Other[withheld]";
    }
  }
}
