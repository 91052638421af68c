package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP function answers to calls that are not as they should be. */
final class ConnectionProblemsTest extends ConnectionScene {

  @Test
  void handleRequest_notBase64_isNotReadable() {
    APIGatewayV2HTTPEvent event = event("POST", "/connection-test", JSON, "%%%");
    event.setIsBase64Encoded(true);

    assertProblem(handle(event), 400, "body-not-readable");
  }

  /** The body is looked at last, as if it were sent as it is. */
  @ParameterizedTest
  @CsvSource({
    "POST, /nope, 404, no-such-call",
    "GET, /preview, 405, method-not-allowed",
    "PUT, /destinations/a%2Fb, 400, name-not-valid",
    "GET, /destinations/other, 404, no-such-destination",
    "PUT, /destinations/other, 400, body-not-readable",
  })
  void handleRequest_notBase64_isSaidWhereABodyIsRead(
      String method, String path, int status, String type) {
    APIGatewayV2HTTPEvent event = event(method, path, JSON, "%%%");
    event.setIsBase64Encoded(true);

    assertProblem(handle(event), status, type);
    assertThat(context.lines().getLast()).contains("\"status\":" + status);
  }

  @Test
  void handleRequest_noEvent_400() {
    ConnectionFunction function = cloud.connectionFunction();

    assertProblem(function.handleRequest(null, context), 400, "body-not-readable");
    assertThat(context.lines().getLast()).contains("\"call\":\"another call\"", "\"status\":400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/nope",
        "/destinations",
        "/destinations/",
        "/connection-test/",
        "/preview/x"
      })
  void handleRequest_unknownPath_404(String path) {
    assertProblem(handle("GET", path, null), 404, "no-such-call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /connection-test | POST",
        "PUT | /connection-test | POST",
        "HEAD | /preview | POST",
        "POST | /destinations/default | GET, PUT",
        "DELETE | /destinations/default | GET, PUT",
      })
  void handleRequest_otherMethod_405WithAllow(String method, String path, String allow) {
    APIGatewayV2HTTPResponse response = handle(method, path, "{}");

    assertProblem(response, 405, "method-not-allowed");
    assertThat(response.getHeaders()).containsEntry("allow", allow);
  }

  @Test
  void handleRequest_bodyOverOneMebibyte_413() {
    String body = "{\"x\": \"" + "y".repeat(1024 * 1024) + "\"}";

    assertProblem(handle("POST", "/preview", body), 413, "body-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""})
  void handleRequest_otherMediaType_415(String type) {
    assertProblem(
        handle(event("POST", "/preview", Map.of("Content-Type", type), "{}")),
        415,
        "media-type-not-supported");
  }

  @Test
  void handleRequest_noHeadersOrCompressedBody_415() {
    assertProblem(
        handle(event("PUT", "/destinations/default", null, "{}")), 415, "media-type-not-supported");
    assertProblem(
        handle(
            event(
                "POST",
                "/preview",
                Map.of("content-type", "application/json", "content-encoding", "gzip"),
                "{}")),
        415,
        "media-type-not-supported");
  }

  @Test
  void handleRequest_emptyEvent_404() {
    assertProblem(handle(new APIGatewayV2HTTPEvent()), 404, "no-such-call");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"destination\": 1}",
        "{\"destination\": \"default\", \"dsn\": \"x\"}",
        "{\"send_sample\": \"yes\"}",
        "{\"endpont\": \"x\"}",
        "{\"endpoint\": {}}",
      })
  void handleRequest_bodyNotAsExpected_400(String body) {
    assertProblem(handle("POST", "/connection-test", body), 400, "body-not-readable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a/b", "..%2f", "a b", "é"})
  void handleRequest_notAName_400(String name) {
    assertProblem(handle("GET", "/destinations/" + name, null), 400, "name-not-valid");
    assertThat(context.lines().getLast()).contains("\"call\":\"another call\"");
  }

  @Test
  void handleRequest_unknownDestination_404() {
    assertProblem(handle("GET", "/destinations/other", null), 404, "no-such-destination");
    assertProblem(
        handle("POST", "/connection-test", "{\"destination\": \"other\"}"),
        404,
        "no-such-destination");
  }

  /** {@code @} stands for a DSN with a key of its own, in places where none belongs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | /@ | ",
        "GET | /destinations/@ | ",
        "PUT | /destinations/@ | {}",
        "DELETE | /destinations/@ | ",
        "@ | /preview | {}",
        "POST | /connection-test | @",
        "POST | /connection-test | \"@\"",
        "POST | /connection-test | {\"@\": 1}",
        "POST | /connection-test | {\"destination\": \"@\"}",
        "POST | /connection-test | {\"send_sample\": \"@\"}",
        "POST | /connection-test | {\"endpoint\": \"@\", \"dsn\": \"@\"}",
        "POST | /connection-test | {\"endpoint\": \"@/x\", \"dsn\": \"@/x\"}",
        "POST | /connection-test | {\"endpoint\": [\"@\"]}",
        "PUT | /destinations/new | {\"endpoint\": \"@\", \"dsn\": \"@\"}",
        "PUT | /destinations/default | {\"privacy_mode\": \"@\"}",
        "PUT | /destinations/default | {\"api_keys\": \"@\"}",
        "PUT | /destinations/default | {\"@\": \"@\"}",
        "POST | /preview | @",
        "POST | /preview | {\"@\": \"@\"}",
      })
  void handleRequest_dsnWhereNoneBelongs_isNotGivenBack(
      String method, String path, @Nullable String body) {
    String dsn = "https://" + "e".repeat(32) + "@o1.ingest.sentry.io/1";

    APIGatewayV2HTTPResponse response =
        handle(
            method.replace("@", dsn),
            path.replace("@", dsn),
            body == null ? null : body.replace("@", dsn));

    assertThat(response.getStatusCode()).isBetween(400, 499);
    assertThat(response.getBody().contains("eeeeeeee")).as("a key in the answer").isFalse();
    assertThat(String.join("", context.lines()).contains("eeeeeeee")).as("in the log").isFalse();
  }
}
