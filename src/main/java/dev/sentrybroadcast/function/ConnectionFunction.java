package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.HttpCall;
import dev.sentrybroadcast.connection.HttpReply;
import dev.sentrybroadcast.connection.Problem;
import dev.sentrybroadcast.sentry.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The handler of HTTP calls: of a Function URL or an HTTP API, both with payload format 2.0. It
 * keeps nothing that a snapshot makes stale.
 */
public final class ConnectionFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private final Settings settings;
  private final InstantSource clock;
  private final ConnectionApi connections;

  /** Used by Lambda: takes the environment variables of the process. */
  public ConnectionFunction() {
    this(Settings.environment(), AwsClients::secretsManager, Thread::sleep);
  }

  /** For runs outside of Lambda: takes these variables and this client. */
  public ConnectionFunction(
      Map<String, String> environment, Supplier<SecretsManagerClient> secrets, Pause pause) {
    settings = Settings.from(environment);
    Wiring wiring = new Wiring(settings, secrets.get());
    clock = wiring.clock();
    connections = wiring.connections(pause);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      @Nullable APIGatewayV2HTTPEvent event, Context context) {
    InvocationLog log = InvocationLog.of(context, settings, clock);
    Invocation invocation = new Invocation(log, context::getRemainingTimeInMillis, null);
    APIGatewayV2HTTPResponse response =
        ScopedValue.where(Invocation.CURRENT, invocation).call(() -> handle(event, log));
    Invocation.releaseMemory();
    return response;
  }

  private APIGatewayV2HTTPResponse handle(
      @Nullable APIGatewayV2HTTPEvent event, InvocationLog log) {
    long startedNanos = System.nanoTime();
    String name = ConnectionApi.ANOTHER;
    String caller = null;
    HttpReply reply;
    try {
      if (event == null) {
        reply = Problem.BODY_NOT_READABLE.reply();
      } else {
        HttpEvent http = new HttpEvent(event);
        HttpCall call = http.call();
        caller = http.caller();
        name = ConnectionApi.name(call);
        reply = connections.answer(call);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // Not rethrown: the runtime would log its message, which may quote content.
      log.failed("call not answered: a bug", e);
      reply = Problem.INTERNAL.reply();
    }
    long millis = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
    log.called(name, reply.status(), millis, caller);
    return response(reply);
  }

  private static APIGatewayV2HTTPResponse response(HttpReply reply) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", reply.contentType());
    headers.put("cache-control", "no-store");
    if (reply.allow() != null) {
      headers.put("allow", reply.allow());
    }
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(reply.status())
        .withHeaders(headers)
        .withBody(reply.body())
        .withIsBase64Encoded(false)
        .build();
  }

  /**
   * An event of payload format 2.0. Any part of it may be missing. <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
   * format</a>
   */
  private record HttpEvent(APIGatewayV2HTTPEvent event) {

    /** Returns the HTTP call. */
    HttpCall call() {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      headers.putAll(orEmpty(event.getHeaders()));
      return new HttpCall(
          context().map(RequestContext::getHttp).map(RequestContext.Http::getMethod).orElse(""),
          path(),
          orEmpty(event.getQueryStringParameters()),
          headers.get("content-type"),
          headers.get("content-encoding"),
          body());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
      return map == null ? Map.of() : map;
    }

    /** The ARN of the IAM identity that signed the call, or null. */
    @Nullable String caller() {
      return context()
          .map(RequestContext::getAuthorizer)
          .map(RequestContext.Authorizer::getIam)
          .map(RequestContext.IAM::getUserArn)
          .orElse(null);
    }

    private Optional<RequestContext> context() {
      return Optional.ofNullable(event.getRequestContext());
    }

    /**
     * The path without the name of the stage, which an HTTP API prepends for all but the default.
     */
    private String path() {
      String path = event.getRawPath() == null ? "" : event.getRawPath();
      String prefix = "/" + context().map(RequestContext::getStage).orElse("");
      return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    }

    /** The decoded body; null if it is declared as base64 and is not. */
    private byte @Nullable [] body() {
      String body = event.getBody();
      if (body == null) {
        return new byte[0];
      }
      if (!event.getIsBase64Encoded()) {
        return body.getBytes(StandardCharsets.UTF_8);
      }
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException _) {
        return null;
      }
    }
  }
}
