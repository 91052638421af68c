package dev.sentrybroadcast.intake;

import java.util.List;

/**
 * Request and response in one object, as services log them, and the fields of OpenRouter's {@code
 * /generation} answer, also in its {@code data} envelope.
 *
 * @see <a href="https://openrouter.ai/docs/api-reference/get-a-generation">Get a generation</a>
 */
final class FlatDialect implements Dialect {

  @Override
  public boolean recognises(JsonValue.Members record) {
    return isFlat(record) || isFlat(JsonValue.members(record.get("data")));
  }

  private static boolean isFlat(JsonValue.Members record) {
    return record.has("model")
        || record.has("messages")
        || record.has("prompt")
        || record.has("input");
  }

  @Override
  public List<Decoded> read(Fields record, Origin origin) {
    Fields data = record.objectIfAny("data");
    // What stands beside the envelope is said of what is in it, above all where it may go.
    Fields flat = isFlat(data.members()) ? record.without("data").over(data) : record;
    JsonValue answer = flat.get("response");
    // A text is the answer itself, as of Ollama.
    Fields response = answer != null && answer.isText() ? flat : flat.object("response");
    return List.of(
        new GenerationReader(flat, flat, response.isEmpty() ? flat : response, origin)
            .read("model"));
  }
}
