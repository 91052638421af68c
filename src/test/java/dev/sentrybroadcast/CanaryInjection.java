package dev.sentrybroadcast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON text again with a token in each text that is not known to be harmless, and with
 * unknown fields of that kind in each object.
 */
final class CanaryInjection {

  static final String CANARY = "CaNaRy";

  private static final JsonFactory JSON = new JsonFactory();

  private final BiPredicate<String, @Nullable String> harmless;
  private final boolean unknownFields;
  private final List<String> places = new ArrayList<>();

  /**
   * @param harmless tells by the path of a text, its indices left out, and by the {@code key} that
   *     stands before it in an attribute, whether it is no content
   */
  CanaryInjection(BiPredicate<String, @Nullable String> harmless, boolean unknownFields) {
    this.harmless = harmless;
    this.unknownFields = unknownFields;
  }

  /** The text, and in {@link #places} where each token stands: its number is the index. */
  String into(String json) {
    StringWriter out = new StringWriter();
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator generator = JSON.createGenerator(out)) {
      String attribute = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = path(parser);
        if (token == JsonToken.VALUE_STRING) {
          String text = parser.getText();
          if (path.endsWith("/key")) {
            attribute = text;
          }
          if (path.endsWith("/key") || harmless.test(path, attribute)) {
            generator.writeString(text);
          } else {
            generator.writeString(canary(path + (attribute == null ? "" : " " + attribute)));
          }
        } else {
          generator.copyCurrentEvent(parser);
          if (token == JsonToken.START_OBJECT && unknownFields) {
            generator.writeStringField("x_unknown", canary(path + "/x_unknown"));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Where the tokens stand that a text holds. */
  List<String> placesIn(String text) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (text.contains(CANARY + i + "z")) {
        found.add(places.get(i));
      }
    }
    return found;
  }

  int count() {
    return places.size();
  }

  private String canary(String place) {
    places.add(place);
    return "said " + CANARY + (places.size() - 1) + "z twice";
  }

  private static String path(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().replaceAll("/[0-9]+(?=/|$)", "");
  }
}
