package dev.sentrybroadcast.local;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bodies of Relay's answers: OTLP's {@code google.rpc.Status} in the request's format for its
 * OTLP endpoints, {@code {"detail": …}} for its envelope endpoint.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP/HTTP failures</a>
 */
final class RelayAnswers {

  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  private RelayAnswers() {}

  /** An empty {@code ExportTraceServiceResponse}: no bytes at all in protobuf. */
  static Reply.Answer accepted(HttpRequest request) {
    return isProtobuf(request)
        ? answer(200, PROTOBUF, new byte[0], Map.of())
        : answer(200, JSON, "{}".getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Reply.Answer envelopeAccepted(String eventId) {
    String body = eventId.isEmpty() ? "{}" : "{\"id\":\"" + eventId + "\"}";
    return answer(200, JSON, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Reply.Answer nothing(int status) {
    return new Reply.Answer(status, Map.of(), new byte[0]);
  }

  static Reply.Answer refused(HttpRequest request, Reply.Refusal refusal) {
    return refused(request, refusal.status(), message(refusal.status()), refusal.headers());
  }

  /** The messages are fixed texts of ours and Relay's: they need no JSON escapes. */
  static Reply.Answer refused(
      HttpRequest request, int status, String message, Map<String, String> headers) {
    if (request.path().contains("/envelope")) {
      return answer(status, JSON, utf8("{\"detail\":\"" + message + "\"}"), headers);
    }
    if (isProtobuf(request)) {
      return answer(status, PROTOBUF, status(code(status), message), headers);
    }
    String json = "{\"code\":" + code(status) + ",\"message\":\"" + message + "\"}";
    return answer(status, JSON, utf8(json), headers);
  }

  static String contentType(HttpRequest request) {
    String type = request.header("content-type");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
  }

  static boolean isOtlp(HttpRequest request) {
    return isProtobuf(request) || contentType(request).equalsIgnoreCase(JSON);
  }

  static boolean isProtobuf(HttpRequest request) {
    return contentType(request).equalsIgnoreCase(PROTOBUF);
  }

  private static String message(int status) {
    return switch (status) {
      case 400 -> "bad event meta";
      case 401 -> "missing authorization information";
      case 403 -> "event submission rejected with_reason: ProjectId";
      case 413 -> "length limit exceeded";
      case 415 -> "unsupported content type";
      case 429 -> "Sentry dropped data due to a quota or internal rate limit being reached";
      case 503 -> "failed to queue envelope";
      default -> "status " + status;
    };
  }

  private static int code(int status) {
    return switch (status) {
      case 400, 415 -> 3;
      case 401 -> 16;
      case 403 -> 7;
      case 404 -> 5;
      case 413, 429 -> 8;
      case 502, 503, 504 -> 14;
      default -> status >= 500 ? 13 : 2;
    };
  }

  /** {@code google.rpc.Status}: the code is field 1, the message field 2. */
  private static byte[] status(int code, String message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(1, code);
      out.writeString(2, message);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply.Answer answer(
      int status, String contentType, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", contentType);
    all.putAll(headers);
    return new Reply.Answer(status, all, body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
