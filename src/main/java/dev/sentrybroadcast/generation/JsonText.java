package dev.sentrybroadcast.generation;

/**
 * JSON that is content: well-formed, compact, and free of base64 data (intake sees to all three).
 * Tool arguments and results, tool definitions, parts of no known kind.
 */
public record JsonText(String json) {

  @Override
  public String toString() {
    return "JsonText[withheld]";
  }
}
