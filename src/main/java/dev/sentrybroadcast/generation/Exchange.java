package dev.sentrybroadcast.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went in and came out; all of it content. Null where the record has none.
 *
 * @param systemInstructions text parts of the system prompt, where the shape keeps it apart or as
 *     leading system/developer messages
 * @param embeddingsInput what was embedded: the text, or JSON of several
 */
public record Exchange(
    @Nullable Content<List<Message>> inputMessages,
    @Nullable Content<List<Message>> outputMessages,
    @Nullable Content<List<Part>> systemInstructions,
    @Nullable Content<JsonText> toolDefinitions,
    @Nullable Content<JsonText> embeddingsInput) {

  public static final Exchange NONE = new Exchange(null, null, null, null, null);
}
