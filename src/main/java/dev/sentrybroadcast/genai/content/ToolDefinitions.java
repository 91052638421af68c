package dev.sentrybroadcast.genai.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.JsonText;
import java.io.IOException;
import java.io.StringWriter;

/** Sentry lists tools by the name at the top of each definition. */
final class ToolDefinitions {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String NESTED = "function";

  /** Of a definition: it stands in an array. */
  private static final int DEPTH = 2;

  private ToolDefinitions() {}

  /** OpenAI's definitions without the object {@code function} around name and parameters. */
  static JsonText flat(JsonText definitions) {
    if (!definitions.json().contains(NESTED)) {
      return definitions;
    }
    StringWriter text = new StringWriter();
    try (JsonParser in = FACTORY.createParser(definitions.json());
        JsonGenerator out = FACTORY.createGenerator(text)) {
      copy(in, out);
    } catch (IOException _) {
      return definitions;
    }
    return new JsonText(text.toString());
  }

  private static void copy(JsonParser in, JsonGenerator out) throws IOException {
    int depth = 0;
    boolean nested = false;
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token == JsonToken.FIELD_NAME && depth == DEPTH && NESTED.equals(in.currentName())) {
        token = in.nextToken();
        nested = token == JsonToken.START_OBJECT;
        if (nested) {
          depth++;
          continue;
        }
        out.writeFieldName(NESTED);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (nested && token.isStructEnd() && depth == DEPTH) {
        nested = false;
      } else if (token.isNumeric()) {
        out.writeNumber(in.getText());
      } else {
        out.copyCurrentEvent(in);
      }
    }
  }
}
