package dev.sentrybroadcast.intake.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.generation.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes content as JSON: compact, without inline data and without encrypted fields. */
public final class JsonTexts {

  private static final JsonFactory FACTORY = new JsonFactoryBuilder().build();

  private static final Set<String> ENCRYPTED =
      Set.of("encrypted_content", "encrypted_index", "encrypted_stdout", "thought_signature");

  /** From so many elements on, an array of numbers or lines may be inline data. */
  private static final int DATA_ITEMS = 8;

  private JsonTexts() {}

  public static JsonText of(JsonValue value) {
    return new JsonText(compact(value));
  }

  public static JsonText ofText(String text) {
    return of(new JsonValue.Text(text));
  }

  /** Of arguments: an object, or JSON in a text. A text that is not JSON stays a text. */
  public static JsonText ofArguments(JsonValue value) {
    JsonValue parsed =
        value instanceof JsonValue.Text(String text) ? JsonReader.readOrNull(text) : null;
    return of(parsed == null ? value : parsed);
  }

  /** A text as it is, anything else as JSON. */
  public static String words(JsonValue value) {
    return value instanceof JsonValue.Text(String text) ? Base64Data.without(text) : compact(value);
  }

  public static String compact(JsonValue value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, JsonValue value) throws IOException {
    switch (value) {
      case JsonValue.Text(String text) -> json.writeString(Base64Data.without(text));
      case JsonValue.Numeric _ -> {
        String number = Numbers.number(value);
        if (number == null) {
          json.writeNull(); // NaN, or longer than any number that has a meaning
        } else {
          json.writeNumber(number);
        }
      }
      case JsonValue.Bool(boolean flag) -> json.writeBoolean(flag);
      case JsonValue.Null _ -> json.writeNull();
      case JsonValue.Array(var items) -> {
        String joined = withoutLines(items);
        json.writeStartArray();
        if (joined == null) {
          for (JsonValue item : items) {
            write(json, item);
          }
        } else {
          json.writeString(joined);
        }
        json.writeEndArray();
      }
      case JsonObject object -> {
        json.writeStartObject();
        for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
          if (!isEncrypted(object, field.getKey())) {
            json.writeFieldName(Base64Data.without(field.getKey()));
            String placeholder = placeholder(object, field.getKey(), field.getValue());
            if (placeholder == null) {
              write(json, field.getValue());
            } else {
              json.writeString(placeholder);
            }
          }
        }
        json.writeEndObject();
      }
    }
  }

  /** What is written in place of base64 whose lines are the elements of an array; else null. */
  private static @Nullable String withoutLines(List<JsonValue> items) {
    if (items.size() < DATA_ITEMS || !items.stream().allMatch(JsonValue::isText)) {
      return null;
    }
    String lines = items.stream().map(JsonValue::text).collect(Collectors.joining("\n"));
    String clean = Base64Data.without(lines);
    return clean.indexOf('\n') < 0 && clean.length() < lines.length() ? clean : null;
  }

  /** What is written in place of inline data that its name or the fields beside it tell. */
  private static @Nullable String placeholder(JsonObject object, String name, JsonValue value) {
    String type = object.text("type");
    long bytes;
    if (value instanceof JsonValue.Array(var items)) {
      boolean buffer = name.equals("data") && "Buffer".equals(type);
      if (!buffer && (items.size() < Base64Data.DATA_CHARS || !isBytesName(name))) {
        return null;
      }
      if (!items.stream().allMatch(JsonTexts::isByte)) {
        return null;
      }
      bytes = items.size();
    } else if (value instanceof JsonValue.Text(String text) && isInlineData(object, name, text)) {
      bytes = Base64Data.decodedBytes(text, 0, text.length());
    } else {
      return null;
    }
    String mimeType = JsonValue.text(object.first("media_type", "mimeType", "mime_type"));
    String kind = mimeType == null && type != null ? type : Base64Data.modality(mimeType);
    return Base64Data.placeholder(kind, mimeType, bytes);
  }

  private static boolean isBytesName(String name) {
    return name.equals("data") || name.equals("bytes") || name.equals("buffer");
  }

  private static boolean isByte(JsonValue value) {
    Long number = value instanceof JsonValue.Numeric ? Numbers.whole(value) : null;
    return number != null && number >= -128 && number <= 255;
  }

  /** Short data is known only by its name and the fields beside it; long data is found anywhere. */
  private static boolean isInlineData(JsonObject object, String name, String text) {
    return switch (name) {
      case "b64_json", "file_data", "image_base64", "bytesBase64Encoded", "bytes" ->
          Base64Data.isData(text);
      case "data" ->
          object.first("media_type", "mimeType", "mime_type", "format", "type") != null
              && Base64Data.isData(text);
      case "result" ->
          "image_generation_call".equals(object.text("type")) && Base64Data.isData(text);
      default -> false;
    };
  }

  private static boolean isEncrypted(JsonObject object, String name) {
    if (!name.equals("signature") && !name.equals("data")) {
      return ENCRYPTED.contains(name);
    }
    String type = object.text("type");
    return type != null
        && (type.equals("redacted_thinking")
            || type.equals("reasoning.encrypted")
            || (name.equals("signature")
                && (type.startsWith("thinking") || type.startsWith("reasoning"))));
  }
}
