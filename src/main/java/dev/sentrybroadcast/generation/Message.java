package dev.sentrybroadcast.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation; the one model that all message shapes end in.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool}, or what the producer
 *     wrote
 * @param finishReason of an output message, as the producer wrote it
 */
public record Message(
    String role, @Nullable String name, List<Part> parts, @Nullable String finishReason) {

  public Message {
    parts = List.copyOf(parts);
  }

  public Message with(String newRole, List<Part> newParts) {
    return new Message(newRole, name, newParts, finishReason);
  }

  @Override
  public String toString() {
    return "Message[withheld]";
  }
}
