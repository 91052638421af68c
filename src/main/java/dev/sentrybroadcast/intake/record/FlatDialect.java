package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * Request and response in one object, as services log them, or the answer of OpenRouter's {@code
 * /generation}, also in its {@code data} envelope.
 *
 * @see <a href="https://openrouter.ai/docs/api-reference/get-a-generation">Get a generation</a>
 */
public final class FlatDialect implements Dialect {

  @Override
  public boolean recognises(JsonObject record) {
    return isFlat(record) || isFlat(record.object("data"));
  }

  private static boolean isFlat(JsonObject record) {
    return record.first("model", "messages", "prompt", "input", "modelId", "contents") != null;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    ObjectView data = record.objectIfAny("data");
    // Fields beside the envelope, such as the destination, hold for what is in it.
    ObjectView flat = isFlat(data.json()) ? record.without("data").over(data) : record;
    // A text is the answer itself, as in Ollama's.
    boolean isText =
        flat.json().get("response") instanceof JsonValue.Text text && !ApiBodies.isStream(text);
    ObjectView response = isText ? flat : ApiBodies.responseOf(flat, "response");
    return List.of(
        new GenerationReader(flat, flat, response.isEmpty() ? flat : response, origin)
            .read("model"));
  }
}
