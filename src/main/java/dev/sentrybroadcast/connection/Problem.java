package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.sentry.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error response by RFC 9457; types and titles are stable. */
public enum Problem {
  BODY_NOT_READABLE(400, "body-not-readable", "The body is not as expected"),
  NAME_NOT_VALID(400, "name-not-valid", "Not a destination's name"),
  NO_SUCH_CALL(404, "no-such-call", "There is no such call"),
  NO_SUCH_DESTINATION(404, "no-such-destination", "There is no such destination"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The call does not take this method"),
  NOT_A_DESTINATION(409, "not-a-destination", "The secret holds something else"),
  OVERTAKEN(409, "overtaken", "Another save came first"),
  BODY_TOO_LARGE(413, "body-too-large", "The body is too large"),
  MEDIA_TYPE_NOT_SUPPORTED(415, "media-type-not-supported", "The body is not sent as JSON"),
  DESTINATION_NOT_VALID(422, "destination-not-valid", "The destination is not usable"),
  RECORD_MALFORMED(422, "record-malformed", "Not a record that can be understood"),
  PREVIEW_TOO_LARGE(422, "preview-too-large", "It becomes more than an answer can hold"),
  INTERNAL(500, "internal", "Something went wrong here"),
  STORE_UNAVAILABLE(503, "store-unavailable", "Secrets Manager did not do as asked");

  private static final String TYPE_PREFIX = "urn:sentry-broadcast:problem:";

  private final int status;
  private final String type;
  private final String title;

  Problem(int status, String type, String title) {
    this.status = status;
    this.type = type;
    this.title = title;
  }

  /** Says no more than its title. */
  public HttpReply reply() {
    return reply(null);
  }

  HttpReply reply(@Nullable String detail) {
    return problem(detail == null ? Map.of() : Map.of("detail", detail), null);
  }

  /** Names the field at fault. */
  HttpReply reply(@Nullable String field, String expected) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("detail", "Expected " + expected + ".");
    if (field != null) {
      more.put("field", field);
    }
    return problem(more, null);
  }

  static HttpReply notAName() {
    return NAME_NOT_VALID.reply(null, "1 to 64 of the characters A-Z a-z 0-9 _ . -");
  }

  static HttpReply methodNotAllowed(String allow) {
    return METHOD_NOT_ALLOWED.problem(Map.of("detail", "It takes " + allow + "."), allow);
  }

  static HttpReply malformed(List<Decoded.Malformed> faults) {
    var errors =
        faults.stream()
            .map(fault -> Json.fields("path", fault.path(), "expected", fault.expected()))
            .toList();
    return RECORD_MALFORMED.problem(Map.of("errors", errors), null);
  }

  private HttpReply problem(Map<String, ?> more, @Nullable String allow) {
    Map<String, @Nullable Object> body =
        Json.fields("type", TYPE_PREFIX + type, "title", title, "status", status);
    body.putAll(more);
    return new HttpReply(status, "application/problem+json", allow, Json.of(body));
  }
}
