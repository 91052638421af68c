package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads why something failed, of every provider's shape of an {@code error}. */
final class FailureReader {

  private static final String OTHER = "_OTHER";

  /** OpenAI's types of a rate limit say which limit; the code beside them says what it is. */
  private static final Set<String> KINDS_OF_LIMIT = Set.of("tokens", "requests", "error");

  private FailureReader() {}

  /**
   * The {@code error} of {@code owner}: an object, or only the provider's words; null where there
   * is none.
   */
  static @Nullable Failure read(Fields owner, @Nullable Integer statusBeside) {
    JsonValue error = owner.get("error");
    if (error == null || (error instanceof JsonValue.Bool failed && !failed.value())) {
      return null;
    }
    if (error.isMembers()) {
      Fields fields = owner.object("error");
      Failure inner = isBody(fields) ? ofBody(fields, statusBeside) : null;
      return inner != null || fields.isEmpty() ? inner : ofObject(fields, statusBeside);
    }
    if (error.isText()) {
      String words = JsonValue.text(error);
      return words == null || words.isBlank()
          ? null
          : new Failure(typeOf(statusBeside), statusBeside, Content.of(Base64Data.without(words)));
    }
    if (error instanceof JsonValue.Bool) {
      return new Failure(typeOf(statusBeside), statusBeside, null);
    }
    owner.drop("error");
    return null;
  }

  /** An answer's whole body, as {@code response.json()} has it; Anthropic's has a type, too. */
  private static boolean isBody(Fields error) {
    String type = JsonValue.text(error.get("type"));
    return error.has("error")
        && !error.has("message")
        && !error.has("code")
        && (type == null || type.equals("error"));
  }

  private static @Nullable Failure ofBody(Fields body, @Nullable Integer statusBeside) {
    Integer status = status(body);
    return read(body, status == null ? statusBeside : status);
  }

  /** A step that says nothing of an error but its HTTP status. */
  static @Nullable Failure ofStatus(@Nullable Integer status) {
    return status == null || status < 400 ? null : new Failure(typeOf(status), status, null);
  }

  static Failure unnamed() {
    return new Failure(OTHER, null, null);
  }

  /** An object that is an error itself, as one of {@code previous_errors}. */
  static Failure ofObject(Fields error, @Nullable Integer statusBeside) {
    Integer status = status(error);
    if (status == null) {
      status = status(error.get("code"));
    }
    if (status == null) {
      status = statusBeside;
    }
    return new Failure(type(error, status), status, message(error));
  }

  /** The HTTP status of a record, an error or an attempt, in any of its spellings. */
  static @Nullable Integer status(Fields owner) {
    Integer status = status(owner.get("status"));
    if (status == null) {
      status = status(owner.get("http_status"));
    }
    return status == null ? status(owner.get("status_code")) : status;
  }

  /** An HTTP status, as a number or text. */
  static @Nullable Integer status(@Nullable JsonValue value) {
    Long status = value == null ? null : Numbers.whole(value);
    return status != null && status >= 100 && status <= 599
        ? Integer.valueOf(status.intValue())
        : null;
  }

  private static String type(Fields error, @Nullable Integer status) {
    String type = identifier(error.get("type"));
    if (type != null && !KINDS_OF_LIMIT.contains(type)) {
      return type;
    }
    String code = identifier(error.get("code"));
    if (code == null) {
      code = identifier(error.get("error_type"));
    }
    if (code == null) {
      code = identifier(JsonValue.members(error.get("metadata")).get("error_type"));
    }
    if (code == null) {
      code = identifier(error.get("status"));
    }
    if (code != null) {
      return code;
    }
    return type != null ? type : typeOf(status);
  }

  /** A stream can break after a status that says all is well. */
  private static String typeOf(@Nullable Integer status) {
    return status == null || status < 400 ? OTHER : status.toString();
  }

  private static @Nullable String identifier(@Nullable JsonValue value) {
    String text = JsonValue.text(value);
    return text != null && Words.isIdentifier(text) ? text : null;
  }

  private static @Nullable Content<String> message(Fields error) {
    JsonValue.Members members = error.members();
    Fields metadata = error.object("metadata");
    JsonValue raw = members.has("raw") ? members.get("raw") : metadata.get("raw");
    JsonValue message = members.get("message");
    if (raw == null && message == null) {
      return null;
    }
    return Content.deferred(() -> words(message, raw));
  }

  private static String words(@Nullable JsonValue message, @Nullable JsonValue raw) {
    String said = message == null ? "" : JsonTexts.words(message);
    String detail = raw == null ? "" : JsonTexts.words(raw);
    if (said.isBlank() || detail.isBlank()) {
      return said.isBlank() ? detail : said;
    }
    return said.contains(detail) ? said : said + "\n" + detail;
  }
}
