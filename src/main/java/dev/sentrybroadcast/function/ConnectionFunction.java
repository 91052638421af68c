package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.HttpCall;
import dev.sentrybroadcast.connection.HttpReply;
import dev.sentrybroadcast.connection.Problem;
import dev.sentrybroadcast.sentry.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP doorway: a Function URL's, or an HTTP API's, both with payload format 2.0. Like the
 * queue's doorway it is its own hook for SnapStart; it keeps nothing that a snapshot makes stale.
 */
public final class ConnectionFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>, Resource {

  private final Settings settings;
  private final InstantSource clock;
  private final ConnectionApi connections;

  /** As Lambda makes it: with this process's environment variables. */
  public ConnectionFunction() {
    this(Settings.environment());
  }

  /** With these variables in place of the process's. */
  public ConnectionFunction(Map<String, String> environment) {
    this(environment, Pause.SLEEP);
  }

  ConnectionFunction(Map<String, String> environment, Pause pause) {
    settings = Settings.from(environment);
    Wiring wiring = new Wiring(settings);
    clock = wiring.clock();
    connections = wiring.connections(pause);
    Core.getGlobalContext().register(this);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      @Nullable APIGatewayV2HTTPEvent event, Context context) {
    InvocationLog log =
        new InvocationLog(context, settings.logLevel(), settings.serviceName(), clock);
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
      // Not thrown on: the runtime would log its message, which may quote content.
      log.failed("call not answered: a bug", e);
      reply = Problem.INTERNAL.reply();
    }
    log.called(
        name,
        reply.status(),
        Duration.ofNanos(System.nanoTime() - startedNanos).toMillis(),
        caller);
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

  /** Answers calls of its own once, so that their classes and compiled code are in the snapshot. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Priming.attempt(ConnectionPriming::run, Priming.NOT_PRIMED, Priming.log(settings, clock));
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {}
}
