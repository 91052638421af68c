package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Calls of the HTTP function, with local secrets and a local Sentry behind it. */
abstract class ConnectionScene {

  static final Map<String, String> JSON = Map.of("content-type", "application/json");

  final LocalCloud cloud = new LocalCloud();
  final InvocationContext context = new InvocationContext(30_000);

  @AfterEach
  void close() {
    for (String line : context.lines()) {
      assertThat(line.contains(LocalCloud.KEY)).as("a key in the log").isFalse();
      assertThat(line.contains("@127.0.0.1")).as("a DSN in the log").isFalse();
    }
    cloud.close();
  }

  APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    return cloud.connectionFunction().handleRequest(event, context);
  }

  APIGatewayV2HTTPResponse handle(String method, String path, @Nullable String body) {
    return handle(event(method, path, JSON, body));
  }

  static APIGatewayV2HTTPEvent event(
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

  String candidate() {
    return "{\"endpoint\": \"%s\", \"dsn\": \"%s\"}"
        .formatted(
            cloud.sentry.tracesEndpoint(LocalCloud.PROJECT),
            cloud.sentry.dsn(LocalCloud.KEY, LocalCloud.PROJECT));
  }

  static void assertProblem(APIGatewayV2HTTPResponse response, int status, String type) {
    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getHeaders()).containsEntry("content-type", "application/problem+json");
    assertThat(response.getBody())
        .contains("\"type\":\"urn:sentry-broadcast:problem:" + type + "\"")
        .contains("\"title\":\"")
        .contains("\"status\":" + status);
  }
}
