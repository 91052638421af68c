package dev.sentrybroadcast.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.generation.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes content that stays JSON: compact, without base64 data and without what is encrypted. */
final class JsonTexts {

  private static final JsonFactory FACTORY = new JsonFactoryBuilder().build();

  private static final Set<String> ENCRYPTED =
      Set.of("encrypted_content", "encrypted_index", "encrypted_stdout", "thought_signature");

  private JsonTexts() {}

  static JsonText of(JsonValue value) {
    return new JsonText(compact(value));
  }

  /** JSON of a text. */
  static JsonText ofText(String text) {
    return of(new JsonValue.Text(text));
  }

  /**
   * Of arguments, which come as an object or as JSON in a text; a text that is no JSON stays one.
   */
  static @Nullable JsonText ofArguments(@Nullable JsonValue value) {
    if (value == null) {
      return null;
    }
    String text = JsonValue.text(value);
    if (text == null) {
      return of(value);
    }
    try {
      JsonValue parsed = JsonReader.read(text, Place.PLAIN);
      return parsed == null ? null : of(parsed);
    } catch (IOException _) {
      return ofText(text);
    }
  }

  /** A text as it is, anything else as JSON. */
  static String words(JsonValue value) {
    String text = JsonValue.text(value);
    return text != null ? Base64Data.without(text) : compact(value);
  }

  static String compact(JsonValue value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, JsonValue value) throws IOException {
    switch (value.read()) {
      case JsonValue.Text(String text) -> json.writeString(Base64Data.without(text));
      case JsonValue.Numeric number -> writeNumber(json, number);
      case JsonValue.Bool(boolean flag) -> json.writeBoolean(flag);
      case JsonValue.Null _, JsonValue.Slice _ -> json.writeNull();
      case JsonValue.Elements(var items) -> {
        json.writeStartArray();
        for (JsonValue item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case JsonValue.Members members -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonValue> field : members.fields().entrySet()) {
          if (!isEncrypted(members, field.getKey())) {
            json.writeFieldName(Base64Data.without(field.getKey()));
            writeField(json, members, field.getKey(), field.getValue());
          }
        }
        json.writeEndObject();
      }
    }
  }

  /** NaN and numbers of absurd length are no numbers for whoever reads this. */
  private static void writeNumber(JsonGenerator json, JsonValue.Numeric number) throws IOException {
    String text = Numbers.number(number);
    if (text == null) {
      json.writeNull();
    } else {
      json.writeNumber(text);
    }
  }

  private static void writeField(
      JsonGenerator json, JsonValue.Members members, String name, JsonValue value)
      throws IOException {
    if (value instanceof JsonValue.Text(String text) && isInlineData(members, name, text)) {
      String mimeType = mimeTypeBeside(members);
      String type = JsonValue.text(members.get("type"));
      String kind = mimeType == null && type != null ? type : Base64Data.modality(mimeType);
      json.writeString(
          Base64Data.placeholder(kind, mimeType, Base64Data.decodedBytes(text, 0, text.length())));
    } else {
      write(json, value);
    }
  }

  /** Short data is known only by its name and neighbours; long data is found anywhere. */
  private static boolean isInlineData(JsonValue.Members members, String name, String text) {
    return switch (name) {
      case "b64_json", "file_data" -> Base64Data.isData(text);
      case "data", "bytes" ->
          (mimeTypeBeside(members) != null || members.has("format") || members.has("type"))
              && Base64Data.isData(text);
      case "result" ->
          "image_generation_call".equals(JsonValue.text(members.get("type")))
              && Base64Data.isData(text);
      default -> false;
    };
  }

  private static @Nullable String mimeTypeBeside(JsonValue.Members members) {
    for (String name : new String[] {"media_type", "mimeType", "mime_type"}) {
      String mimeType = JsonValue.text(members.get(name));
      if (mimeType != null) {
        return mimeType;
      }
    }
    return null;
  }

  private static boolean isEncrypted(JsonValue.Members members, String name) {
    if (ENCRYPTED.contains(name)) {
      return true;
    }
    if (!name.equals("signature") && !name.equals("data")) {
      return false;
    }
    String type = JsonValue.text(members.get("type"));
    return type != null
        && (type.equals("redacted_thinking")
            || type.equals("reasoning.encrypted")
            || (name.equals("signature")
                && (type.startsWith("thinking") || type.startsWith("reasoning"))));
  }
}
