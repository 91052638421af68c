package dev.sentrybroadcast.sentry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Short JSON as plain values: texts, numbers, flags, null, lists and maps. Error events, answers
 * and log lines are written from them, and secrets are read into them.
 */
public final class Json {

  private static final JsonFactory JSON = new JsonFactory();

  private Json() {}

  /** JSON that is written as it is. */
  public record Raw(String json) {
    @Override
    public String toString() {
      return "Raw[…]";
    }
  }

  /** An object as it was read: a name can stand there more than once. */
  public record Members(List<Member> list) {}

  /** A field of an object. */
  public record Member(String name, @Nullable Object value) {
    @Override
    public String toString() {
      return name + "=…";
    }
  }

  /** A map in this order: a name, its value, the next name and so on. */
  public static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }

  /** Reads the value at which the parser is. Numbers are {@link Raw}, because they may be huge. */
  public static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        List<Member> members = new ArrayList<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          members.add(new Member(name, read(json)));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(json));
        }
        yield elements;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Raw(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  /** The JSON of a value. */
  public static String of(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case Map<?, ?> fields -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          json.writeFieldName(String.valueOf(field.getKey()));
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case Members(List<Member> members) -> {
        json.writeStartObject();
        for (Member member : members) {
          json.writeFieldName(member.name);
          write(json, member.value);
        }
        json.writeEndObject();
      }
      case Collection<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Raw(String raw) -> json.writeRawValue(raw);
      case null, default -> json.writeObject(value);
    }
  }
}
