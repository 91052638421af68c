package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** JSON, or a value in it, is not as expected. Never holds what stands there. */
public final class InvalidJsonException extends Exception {

  /** The path of the field; null for the whole text. */
  public final @Nullable String field;

  /** What should stand there. */
  public final String expected;

  public InvalidJsonException(@Nullable String field, String expected) {
    super(expected);
    this.field = field;
    this.expected = expected;
  }

  /** Of a text that is not JSON. The cause's message may quote it, so only its position is told. */
  public static InvalidJsonException notJson(String expected, JsonProcessingException cause) {
    JsonLocation at = cause.getLocation();
    String where =
        at == null ? "" : "; it breaks at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new InvalidJsonException(null, expected + where);
  }
}
