package dev.sentrybroadcast.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the HTTP function's handler with the events that its Function URL would make. */
final class ConnectionCalls {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Supplier<? extends RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>>
      constructor;
  private final Consumer<String> log;
  private @Nullable RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

  /** Constructed in the first call, as a cold start does it. */
  ConnectionCalls(
      Supplier<? extends RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>>
          constructor,
      Consumer<String> log) {
    this.constructor = constructor;
    this.log = log;
  }

  Reply.Answer call(String method, String path, Map<String, String> query, byte[] body) {
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRawPath(path)
            .withQueryStringParameters(query)
            .withHeaders(Map.of("content-type", "application/json"))
            .withBody(new String(body, StandardCharsets.UTF_8))
            .withIsBase64Encoded(false)
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withHttp(
                        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                            .withMethod(method)
                            .build())
                    .build())
            .build();
    APIGatewayV2HTTPResponse response =
        handler().handleRequest(event, new LocalContext(TIMEOUT, log));
    return new Reply.Answer(
        response.getStatusCode(),
        Map.of("content-type", response.getHeaders().getOrDefault("content-type", "text/plain")),
        response.getBody().getBytes(StandardCharsets.UTF_8));
  }

  private synchronized RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler() {
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> ready = handler;
    if (ready == null) {
      ready = constructor.get();
      handler = ready;
    }
    return ready;
  }
}
