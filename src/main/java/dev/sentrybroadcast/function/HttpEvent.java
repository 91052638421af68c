package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.sentrybroadcast.connection.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event of payload format 2.0. Any part of it may be missing. <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 * format</a>
 */
record HttpEvent(APIGatewayV2HTTPEvent event) {

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

  /** The path without the name of the stage, which an HTTP API prepends for all but the default. */
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
