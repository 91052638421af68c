package dev.sentrybroadcast.genai.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sentry lists tools by the name at the top of each definition. */
final class ToolDefinitions {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String NAME = "name";

  /** Objects around a definition's name and parameters: OpenAI's, Bedrock's. */
  private static final Set<String> NESTED = Set.of("function", "toolSpec");

  /** Arrays of definitions: Gemini's. */
  private static final Set<String> LISTS = Set.of("functionDeclarations", "function_declarations");

  private final JsonParser in;
  private final JsonGenerator out;

  private ToolDefinitions(JsonParser in, JsonGenerator out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Definitions with their names at the top. A tool that the provider runs has no name, so its type
   * becomes the name. What is no array of definitions stays as it is.
   */
  static JsonText flat(JsonText definitions) {
    StringWriter text = new StringWriter();
    try (JsonParser in = FACTORY.createParser(definitions.json());
        JsonGenerator out = FACTORY.createGenerator(text)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        return definitions;
      }
      out.writeStartArray();
      new ToolDefinitions(in, out).list();
      out.writeEndArray();
    } catch (IOException _) {
      return definitions;
    }
    return new JsonText(text.toString());
  }

  private void list() throws IOException {
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        definition();
      } else {
        out.copyCurrentStructureExact(in);
      }
    }
  }

  private void definition() throws IOException {
    boolean open = false;
    boolean named = false;
    String name = null;
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (LISTS.contains(field) && value == JsonToken.START_ARRAY) {
        close(open, named, name);
        open = false;
        list();
        continue;
      }
      if (!open) {
        out.writeStartObject();
        open = true;
      }
      if (NESTED.contains(field) && value == JsonToken.START_OBJECT) {
        for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
          in.nextToken();
          named |= key.equals(NAME);
          copy(key);
        }
      } else {
        named |= field.equals(NAME);
        name = field.equals("type") ? in.getText() : name == null ? field : name;
        copy(field);
      }
    }
    close(open, named, name);
  }

  private void copy(String field) throws IOException {
    out.writeFieldName(field);
    out.copyCurrentStructureExact(in);
  }

  private void close(boolean open, boolean named, @Nullable String name) throws IOException {
    if (open) {
      if (!named && name != null) {
        out.writeStringField(NAME, name);
      }
      out.writeEndObject();
    }
  }
}
