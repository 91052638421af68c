package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Words;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an {@code error} in the shape of any API. */
public final class Failures {

  private static final String OTHER = "_OTHER";

  /** Types with which OpenAI names the limit that was exceeded; the code names the error. */
  private static final Set<String> KINDS_OF_LIMIT = Set.of("tokens", "requests", "error");

  private Failures() {}

  /**
   * The {@code error} field of an object: an object or a text. Null where there is none.
   *
   * @param statusBeside the HTTP status if the error has none
   */
  public static @Nullable Failure read(ObjectView owner, @Nullable Integer statusBeside) {
    JsonValue error = owner.get("error");
    return switch (error) {
      case JsonObject _ -> {
        ObjectView fields = owner.object("error");
        Failure inner =
            isBody(fields) ? read(fields, Known.first(status(fields), statusBeside)) : null;
        yield inner != null || fields.isEmpty() ? inner : ofObject(fields, statusBeside);
      }
      case JsonValue.Text(String words) ->
          words.isBlank()
              ? null
              : new Failure(
                  typeOf(statusBeside), statusBeside, Content.deferred(words, Base64Data::without));
      case JsonValue.Bool(boolean failed) ->
          failed ? new Failure(typeOf(statusBeside), statusBeside, null) : null;
      case null -> null;
      default -> {
        owner.drop("error");
        yield null;
      }
    };
  }

  /** Whether it is the whole body of an error response, with the error inside. */
  private static boolean isBody(ObjectView error) {
    String type = error.json().text("type");
    return error.has("error")
        && !error.has("message")
        && !error.has("code")
        && (type == null || type.equals("error"));
  }

  /** Of what has no error but an HTTP status that is one. */
  public static @Nullable Failure ofStatus(@Nullable Integer status) {
    return status == null || status < 400 ? null : new Failure(typeOf(status), status, null);
  }

  public static Failure unnamed() {
    return new Failure(OTHER, null, null);
  }

  /** Of an object that is an error itself, such as one of {@code previous_errors}. */
  public static Failure ofObject(ObjectView error, @Nullable Integer statusBeside) {
    Integer status = Known.first(status(error), status(error.get("code")), statusBeside);
    return new Failure(type(error, status), status, message(error));
  }

  /** The HTTP status of a record, an error or an attempt. */
  public static @Nullable Integer status(ObjectView owner) {
    return Known.first(
        status(owner.get("status")),
        status(owner.get("http_status")),
        status(owner.get("status_code")));
  }

  /** An HTTP status, as a number or text. */
  public static @Nullable Integer status(@Nullable JsonValue value) {
    Long status = Numbers.whole(value);
    return status != null && status >= 100 && status <= 599
        ? Integer.valueOf(status.intValue())
        : null;
  }

  private static String type(ObjectView error, @Nullable Integer status) {
    JsonObject json = error.json();
    String type = identifier(json.get("type"));
    if (type != null && !KINDS_OF_LIMIT.contains(type)) {
      return type;
    }
    String code =
        Known.first(
            identifier(json.object("availability").get("code")),
            identifier(json.get("code")),
            identifier(json.get("error_type")),
            identifier(json.object("metadata").get("error_type")),
            identifier(json.get("status")),
            type);
    return code == null ? typeOf(status) : code;
  }

  /** The status if it is an error's; a stream can break after status 200. */
  private static String typeOf(@Nullable Integer status) {
    return status == null || status < 400 ? OTHER : status.toString();
  }

  private static @Nullable String identifier(@Nullable JsonValue value) {
    String text = JsonValue.text(value);
    return text != null && Words.isIdentifier(text) ? text : null;
  }

  private static @Nullable Content<String> message(ObjectView error) {
    JsonValue raw = Known.first(error.get("raw"), error.object("metadata").get("raw"));
    JsonValue message = error.get("message");
    return raw == null && message == null ? null : Content.deferred(() -> words(message, raw));
  }

  private static String words(@Nullable JsonValue message, @Nullable JsonValue raw) {
    String said = message == null ? "" : JsonTexts.words(message);
    String detail = raw == null ? "" : JsonTexts.words(raw);
    if (said.isBlank() || detail.isBlank()) {
      return said.isBlank() ? detail : said;
    }
    return said.contains(detail) ? said : said + "\n" + detail;
  }

  /** The failure, with the HTTP status where it has none itself. */
  public static @Nullable Failure withStatus(
      @Nullable Failure failure, @Nullable Integer httpStatus) {
    return failure == null || failure.httpStatus() != null || httpStatus == null
        ? failure
        : new Failure(
            failure.type().equals(OTHER) ? typeOf(httpStatus) : failure.type(),
            httpStatus,
            failure.message());
  }
}
