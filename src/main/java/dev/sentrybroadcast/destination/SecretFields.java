package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a destination's JSON with their types checked and their defaults filled in. */
final class SecretFields {

  @Nullable String endpoint;
  @Nullable String dsn;
  PrivacyMode privacyMode = PrivacyMode.ON;
  boolean issues;
  double samplingRate = 1.0;
  @Nullable Set<String> apiKeys;
  boolean enabled = true;

  private final JsonParser json;

  private SecretFields(JsonParser json) {
    this.json = json;
  }

  static SecretFields read(JsonParser json) throws IOException, UnexpectedValueException {
    SecretFields fields = new SecretFields(json);
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new UnexpectedValueException(null, DestinationReader.OBJECT);
    }
    Set<String> seen = new HashSet<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      if (fields.readField(field)) {
        if (!seen.add(field)) {
          throw new UnexpectedValueException(field, "it only once");
        }
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new UnexpectedValueException(null, DestinationReader.OBJECT + " and nothing after it");
    }
    return fields;
  }

  private boolean readField(String field) throws IOException, UnexpectedValueException {
    switch (field) {
      case "endpoint" -> endpoint = text(field);
      case "dsn" -> dsn = text(field);
      case "privacy_mode" -> privacyMode = flag(field) ? PrivacyMode.ON : PrivacyMode.OFF;
      case "issues" -> issues = flag(field);
      case "sampling_rate" -> samplingRate = share(field);
      case "api_keys" -> apiKeys = names(field);
      case "enabled" -> enabled = flag(field);
      default -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable String text(String field) throws IOException, UnexpectedValueException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText().isBlank() ? null : json.getText();
      case VALUE_NULL -> null;
      case null, default -> throw new UnexpectedValueException(field, "a string");
    };
  }

  private boolean flag(String field) throws UnexpectedValueException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw new UnexpectedValueException(field, "true or false");
    };
  }

  private double share(String field) throws IOException, UnexpectedValueException {
    if (json.currentToken() != null && json.currentToken().isNumeric()) {
      double rate = json.getDoubleValue();
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
    }
    throw new UnexpectedValueException(field, "a number from 0 to 1");
  }

  private @Nullable Set<String> names(String field) throws IOException, UnexpectedValueException {
    String expected = "null for all, or an array of at least one API key's name";
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new UnexpectedValueException(field, expected);
    }
    Set<String> names = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isBlank()) {
        throw new UnexpectedValueException(field, expected);
      }
      names.add(json.getText());
    }
    if (names.isEmpty()) {
      throw new UnexpectedValueException(field, expected);
    }
    return names;
  }
}
