package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes bad records of good ones, the same ones for the same seed. */
final class Mutations {

  static final String CANARY = "CANARY7f3a";

  private static final String[] SPANS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-",
    "1e9",
    "\\u0000",
    "\\ud800",
    "\\",
    "\u0000",
    "\uD83D",
    "\uDE00",
    "\uFEFF",
    "é",
    "日本",
    "{\"",
    "\":{",
    "]]",
    "[[[[",
    "NaN",
    "\"" + CANARY + "\"",
    CANARY,
    ";base64,",
    "data:"
  };

  /** Numbers as texts, which JSON would write otherwise. */
  private static final String[] NUMBERS = {
    "007", "+5", "-0", "00.5", "+1e2", "9223372036854775808"
  };

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Text with some of its characters gone, doubled, or replaced. */
  String ofText(String body) {
    StringBuilder text = new StringBuilder(body);
    for (int i = 0, edits = 1 + random.nextInt(4); i < edits && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(at, text.substring(at, to));
        case 2 -> text.setLength(at);
        case 3 -> text.setCharAt(at, (char) random.nextInt(0x10000));
        default -> text.insert(at, SPANS[random.nextInt(SPANS.length)]);
      }
    }
    return text.toString();
  }

  /** Well-formed JSON of the same fields with some of the values exchanged for others. */
  JsonValue ofValue(JsonValue value, int depth) {
    if (random.nextInt(24) == 0) {
      return any(2);
    }
    if (value instanceof JsonObject members) {
      Map<String, JsonValue> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonValue> field : members.fields().entrySet()) {
        if (random.nextInt(40) != 0) {
          fields.put(field.getKey(), ofValue(field.getValue(), depth + 1));
        }
      }
      return new JsonObject(fields);
    }
    if (value instanceof JsonValue.Array elements) {
      List<JsonValue> items = new ArrayList<>();
      for (JsonValue item : elements.items()) {
        for (int copies = random.nextInt(20) == 0 ? 3 : 1; copies > 0; copies--) {
          items.add(ofValue(item, depth + 1));
        }
      }
      return new JsonValue.Array(items);
    }
    if (value instanceof JsonValue.Text(String text) && random.nextInt(6) == 0) {
      boolean number = !text.isEmpty() && Character.isDigit(text.charAt(0));
      return new JsonValue.Text(
          number ? NUMBERS[random.nextInt(NUMBERS.length)] : CANARY + random.nextInt(9));
    }
    return value;
  }

  private JsonValue any(int depth) {
    return switch (random.nextInt(depth > 0 ? 15 : 12)) {
      case 0 -> JsonValue.Null.NULL;
      case 1 -> new JsonValue.Bool(random.nextBoolean());
      case 2 -> new JsonValue.Numeric(Long.toString(random.nextLong()));
      case 3 -> new JsonValue.Numeric(Double.toString(random.nextGaussian() * 1e12));
      case 4 -> new JsonValue.Numeric("1e" + random.nextInt(400));
      case 5 -> new JsonValue.Numeric("1" + "0".repeat(random.nextInt(99)));
      case 6 -> new JsonValue.Text("");
      case 7 -> new JsonValue.Text(Integer.toString(random.nextInt(-3, 3_000)));
      case 8 -> new JsonValue.Text("data:image/png;base64," + "Ab0/".repeat(random.nextInt(300)));
      case 9 -> new JsonValue.Text((CANARY + " ").repeat(random.nextInt(200)));
      case 10 -> new JsonValue.Text("\u0000\uFFFD\u2028 \\ \" [{" + CANARY);
      case 11 -> new JsonValue.Text(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 12 -> nested(random.nextInt(80));
      case 13 -> new JsonValue.Array(List.of(any(depth - 1), any(depth - 1)));
      default -> members(depth - 1);
    };
  }

  /** In an order that is the same in every JVM, which Map.of's is not. */
  private JsonValue members(int depth) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("type", any(depth));
    fields.put(SPANS[random.nextInt(SPANS.length)], any(depth));
    fields.put(CANARY, any(depth));
    return new JsonObject(fields);
  }

  private JsonValue nested(int depth) {
    JsonValue value = any(0);
    for (int i = 0; i < depth; i++) {
      value =
          random.nextBoolean()
              ? new JsonValue.Array(List.of(value))
              : new JsonObject(Map.of("content", value));
    }
    return value;
  }
}
