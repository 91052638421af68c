package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the calls of the HTTP function do. */
final class ConnectionFunctionTest extends ConnectionScene {

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
  void handleRequest_previewOfMetadataThatSentryHides_warnsOfTheNamesAlone() {
    APIGatewayV2HTTPResponse response =
        handle(
            "POST",
            "/preview",
            """
            {"model": "m", "messages": [], "usage": {"prompt_tokens": 1}, "trace": {
              "author": "Ada Lovelace", "max_tokens": 512, "team": "search"}}\
            """);

    assertThat(response.getBody())
        .endsWith(
            "],\"warnings\":["
                + "\"trace.metadata.author: Sentry's default data scrubbing hides its value\","
                + "\"trace.metadata.max_tokens: Sentry's default data scrubbing hides its value\"]}");
  }

  @Test
  void handleRequest_previewOfWrongAndUnknownFields_saysWhatWasNotRead() {
    APIGatewayV2HTTPResponse response =
        handle(
            "POST",
            "/preview",
            """
            {"model": "m", "mesages": [], "usage": {"prompt_tokens": "many"}, "cost": 1,
             "started_at": 1795176001, "ended_at": 1795176000}\
            """);

    assertThat(response.getBody())
        .endsWith(
            ",\"corrections\":{\"mended\":[\"END_BEFORE_START\"],"
                + "\"dropped\":[\"usage.prompt_tokens\"],\"unread\":[\"mesages\"]}}");
  }

  @Test
  void handleRequest_previewWithoutSuchMetadata_hasNoWarnings() {
    assertThat(handle("POST", "/preview", LocalCloud.generation("g1")).getBody())
        .doesNotContain("\"warnings\"");
  }

  @Test
  void handleRequest_previewOfMalformedRecord_422WithThePath() {
    APIGatewayV2HTTPResponse response = handle("POST", "/preview", "{\"request\": {}}");

    assertProblem(response, 422, "record-malformed");
    assertThat(response.getBody()).contains("\"errors\":[{\"path\":\"", "\"expected\":\"");
  }

  /** The key is the queue function's alone. */
  @Test
  void handleRequest_previewOfEncryptedRecord_saysThatPreviewsHaveNoKey() {
    String encrypted = "{\"__encrypted__\": true, \"payload\": {}}";

    APIGatewayV2HTTPResponse response =
        handle("POST", "/preview", "[" + LocalCloud.generation("g1") + "," + encrypted + "]");

    assertProblem(response, 422, "record-malformed");
    assertThat(response.getBody())
        .contains("\"path\":\"[1].__encrypted__\"", "a preview has no key")
        .doesNotContain("not set");
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
