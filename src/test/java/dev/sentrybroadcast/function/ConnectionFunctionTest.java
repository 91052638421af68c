package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP doorway, against local secrets and a local Sentry. */
final class ConnectionFunctionTest {

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private final LocalCloud cloud = new LocalCloud();
  private final InvocationContext context = new InvocationContext(30_000);

  @AfterEach
  void close() {
    for (String line : context.lines()) {
      assertThat(line.contains(LocalCloud.KEY)).as("a key in the log").isFalse();
      assertThat(line.contains("@127.0.0.1")).as("a DSN in the log").isFalse();
    }
    cloud.close();
  }

  private APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return new ConnectionFunction(cloud.environment(), _ -> {}).handleRequest(event, context);
  }

  private APIGatewayV2HTTPResponse handle(String method, String path, @Nullable String body) {
    return handle(event(method, path, JSON, body));
  }

  private static APIGatewayV2HTTPEvent event(
      String method, String path, @Nullable Map<String, String> headers, @Nullable String body) {
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRawPath(path)
        .withHeaders(headers)
        .withBody(body)
        .withRequestContext(
            RequestContext.builder()
                .withStage("$default")
                .withHttp(RequestContext.Http.builder().withMethod(method).withPath(path).build())
                .build())
        .build();
  }

  private String candidate() {
    return "{\"endpoint\": \"%s\", \"dsn\": \"%s\"}"
        .formatted(
            cloud.sentry.tracesEndpoint(LocalCloud.PROJECT),
            cloud.sentry.dsn(LocalCloud.KEY, LocalCloud.PROJECT));
  }

  private static void assertProblem(APIGatewayV2HTTPResponse response, int status, String type) {
    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getHeaders()).containsEntry("content-type", "application/problem+json");
    assertThat(response.getBody())
        .contains("\"type\":\"urn:sentry-broadcast:problem:" + type + "\"")
        .contains("\"title\":\"")
        .contains("\"status\":" + status);
  }

  @Test
  void handleRequest_connectionTest_answersTheReport() {
    APIGatewayV2HTTPResponse response = handle("POST", "/connection-test", candidate());

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store");
    assertThat(response.getIsBase64Encoded()).isFalse();
    assertThat(response.getBody())
        .startsWith(
            "{\"status\":\"passed\",\"checks\":[{\"name\":\"dsn\",\"status\":\"passed\",\"seen\":")
        .contains("\"latency_ms\":", "\"endpoint_host\":\"127.0.0.1\"", "\"project_id\":\"456\"")
        .endsWith("\"sample\":null}")
        .doesNotContain(LocalCloud.KEY);
    assertThat(context.lines()).hasSize(1);
    assertThat(context.lines().getFirst())
        .contains("\"call\":\"POST /connection-test\"", "\"status\":200");
  }

  @Test
  void handleRequest_savedDestination_isTestedWithItsSample() {
    APIGatewayV2HTTPResponse response =
        handle("POST", "/connection-test", "{\"destination\": \"default\", \"send_sample\": true}");

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(cloud.sentry.spans()).hasSize(1);
    assertThat(response.getBody())
        .endsWith(
            "\"sample\":{\"trace_id\":\"" + cloud.sentry.spans().getFirst().traceId() + "\"}}");
  }

  @Test
  void handleRequest_failedTest_answers422WithTheReport() {
    cloud.sentry.refuse(LocalCloud.KEY);

    APIGatewayV2HTTPResponse response = handle("POST", "/connection-test", candidate());

    assertThat(response.getStatusCode()).isEqualTo(422);
    assertThat(response.getHeaders()).containsEntry("content-type", "application/json");
    assertThat(response.getBody()).startsWith("{\"status\":\"failed\",");
  }

  @Test
  void handleRequest_base64AndStageAndHeaderCase_areUnderstood() {
    APIGatewayV2HTTPEvent event =
        event(
            "POST",
            "/prod/connection-test",
            Map.of("CONTENT-Type", "application/JSON; charset=utf-8"),
            Base64.getEncoder().encodeToString(candidate().getBytes(StandardCharsets.UTF_8)));
    event.setIsBase64Encoded(true);
    event.getRequestContext().setStage("prod");

    assertThat(handle(event).getStatusCode()).isEqualTo(200);
  }

  @Test
  void handleRequest_notBase64_isNotReadable() {
    APIGatewayV2HTTPEvent event = event("POST", "/connection-test", JSON, "%%%");
    event.setIsBase64Encoded(true);

    assertProblem(handle(event), 400, "body-not-readable");
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

  @Test
  void handleRequest_get_masksTheKey() {
    APIGatewayV2HTTPResponse response = handle("GET", "/destinations/default", null);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody())
        .contains("\"public_key\":\"aaaa…\"", "\"privacy_mode\":false", "\"sampling_rate\":1.0")
        .doesNotContain(LocalCloud.KEY);
  }

  @Test
  void handleRequest_preview_isOtlpJsonInPrivacyModeAndSendsNothing() {
    APIGatewayV2HTTPResponse response = handle("POST", "/preview", LocalCloud.generation("g1"));

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody())
        .startsWith("{\"resourceSpans\":[{\"resource\":")
        .containsPattern("\"traceId\":\"[0-9a-f]{32}\"")
        .containsPattern("\"spanId\":\"[0-9a-f]{16}\"")
        .contains("\"name\":\"chat openai/gpt-4o\"")
        .doesNotContain("Hello");
    assertThat(cloud.sentry.attempts()).isZero();
  }

  @Test
  void handleRequest_previewAsADestination_followsItsPrivacyMode() {
    APIGatewayV2HTTPEvent event = event("POST", "/preview", JSON, LocalCloud.generation("g1"));
    event.setQueryStringParameters(Map.of("destination", "default"));

    assertThat(handle(event).getBody()).contains("Hello");

    event.setQueryStringParameters(Map.of("destination", "other"));
    assertProblem(handle(event), 404, "no-such-destination");
  }

  @Test
  void handleRequest_previewOfMalformedRecord_422WithThePath() {
    APIGatewayV2HTTPResponse response = handle("POST", "/preview", "{\"request\": {}}");

    assertProblem(response, 422, "record-malformed");
    assertThat(response.getBody()).contains("\"errors\":[{\"path\":\"", "\"expected\":\"");
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

  /** The events that docs/connection.md calls the function with. */
  @ParameterizedTest
  @CsvSource({
    "connection-test, 422",
    "connection-test-saved, 200",
    "connection-save, 422",
    "connection-show, 200",
    "connection-preview, 200",
  })
  void handleRequest_eventFile_isUnderstood(String file, int status) throws IOException {
    try (InputStream json =
        ConnectionFunctionTest.class.getResourceAsStream("/events/" + file + ".json")) {
      APIGatewayV2HTTPEvent event =
          LambdaEventSerializers.serializerFor(
                  APIGatewayV2HTTPEvent.class, ConnectionFunctionTest.class.getClassLoader())
              .fromJson(json);

      assertThat(handle(event).getStatusCode()).isEqualTo(status);
      assertThat(List.copyOf(context.lines()).getLast())
          .contains("arn:aws:iam::111122223333:user/operator");
    }
  }
}
