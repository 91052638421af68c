package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a destination's JSON, their types checked. Null or absent means the default. */
final class SecretFields {

  @Nullable String endpoint;
  @Nullable String dsn;
  PrivacyMode privacyMode = PrivacyMode.ON;
  Redaction redaction = Redaction.NONE;
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
      if (!fields.readField(field)) {
        json.skipChildren();
      } else if (!seen.add(field)) {
        throw new UnexpectedValueException(field, "it only once");
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
      case "privacy_mode" -> privacyMode = flag(field, true) ? PrivacyMode.ON : PrivacyMode.OFF;
      case "redaction" -> redaction = RedactionReader.read(json);
      case "issues" -> issues = flag(field, false);
      case "sampling_rate" -> samplingRate = share(field, 1.0);
      case "api_keys" -> apiKeys = names(field);
      case "enabled" -> enabled = flag(field, true);
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

  private boolean flag(String field, boolean fallback) throws UnexpectedValueException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> fallback;
      case null, default -> throw new UnexpectedValueException(field, "true or false");
    };
  }

  private double share(String field, double fallback) throws IOException, UnexpectedValueException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return fallback;
    }
    if (json.currentToken() != null && json.currentToken().isNumeric()) {
      double rate = json.getDoubleValue();
      if (rate >= 0 && rate <= 1) {
        return rate;
      }
    }
    throw new UnexpectedValueException(field, "a number from 0 to 1");
  }

  private @Nullable Set<String> names(String field) throws IOException, UnexpectedValueException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    Set<String> names = new LinkedHashSet<>();
    boolean valid = json.currentToken() == JsonToken.START_ARRAY;
    while (valid && json.nextToken() != JsonToken.END_ARRAY) {
      valid = json.currentToken() == JsonToken.VALUE_STRING && !json.getText().isBlank();
      names.add(json.getText());
    }
    if (!valid || names.isEmpty()) {
      throw new UnexpectedValueException(
          field, "null for all, or an array of at least one API key's name");
    }
    return names;
  }

  /** A field is not as expected; never holds the field's value. */
  static final class UnexpectedValueException extends Exception {

    final @Nullable String field;
    final String expected;

    UnexpectedValueException(@Nullable String field, String expected) {
      super(expected);
      this.field = field;
      this.expected = expected;
    }
  }
}
