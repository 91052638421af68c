package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.HttpCall;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Runs the HTTP function's path, up to a connection that a closed port of this machine refuses:
 * nothing of it stays but loaded classes. It is called by people, now and then: compiled code would
 * gain them nothing.
 */
final class ConnectionPriming {

  /** A port that nobody listens on: the connection is refused at once. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private static final String RECORD =
      """
      {"schema": "generation/v1", "id": "priming", "api_type": "chat", "provider": "openai",
       "started_at": "2026-01-01T00:00:00Z", "ended_at": "2026-01-01T00:00:01Z",
       "request": {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}],
        "user": "user", "session_id": "session",
        "trace": {"trace_id": "priming", "trace_name": "Priming", "environment": "none"}},
       "response": {"id": "response", "model": "gpt-4o", "choices": [{"index": 0,
        "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2, "cost": 0.001}}}
      """;

  private static final String CANDIDATE =
      """
      {"endpoint": "http://127.0.0.1:1/api/1/integration/otlp/v1/traces",
       "dsn": "http://00000000000000000000000000000000@127.0.0.1:1/1"}
      """;

  private static final String SAVED = "{\"destination\": \"priming\"}";

  private ConnectionPriming() {}

  /** A preview, and two tests that get nowhere; their statuses. */
  static List<Integer> run() {
    AwsEnvironment aws =
        new AwsEnvironment(
            "us-east-1", NOWHERE, NOWHERE, new AwsEnvironment.Keys("priming", "priming", null));
    Settings toNowhere = Settings.from(Map.of()).with(aws, AllowedHosts.parse(NOWHERE.toString()));
    ConnectionApi api = new Wiring(toNowhere).connections(_ -> {});
    Priming.loadTls();
    return List.of(
        status(api, "/preview", RECORD),
        status(api, "/connection-test", CANDIDATE),
        status(api, "/connection-test", SAVED));
  }

  private static int status(ConnectionApi api, String path, String body) {
    HttpCall call =
        new HttpEvent(
                APIGatewayV2HTTPEvent.builder()
                    .withRawPath(path)
                    .withHeaders(Map.of("content-type", "application/json"))
                    .withBody(body)
                    .withRequestContext(
                        APIGatewayV2HTTPEvent.RequestContext.builder()
                            .withHttp(
                                APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                    .withMethod("POST")
                                    .withPath(path)
                                    .build())
                            .build())
                    .build())
            .call();
    return api.answer(call).status();
  }
}
