package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import dev.sentrybroadcast.connection.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of payload format 2.0, any part of which may be missing. <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 * format</a>
 */
record HttpEvent(APIGatewayV2HTTPEvent event) {

  private static final String DEFAULT_STAGE = "$default";

  /** The call it stands for. */
  HttpCall call() {
    Map<String, String> query = event.getQueryStringParameters();
    return new HttpCall(
        method(),
        path(),
        query == null ? Map.of() : query,
        header("content-type"),
        header("content-encoding"),
        body());
  }

  /** ARN of the IAM identity that signed the call. */
  @Nullable String caller() {
    RequestContext context = event.getRequestContext();
    if (context == null
        || context.getAuthorizer() == null
        || context.getAuthorizer().getIam() == null) {
      return null;
    }
    return context.getAuthorizer().getIam().getUserArn();
  }

  private String method() {
    RequestContext context = event.getRequestContext();
    if (context == null || context.getHttp() == null || context.getHttp().getMethod() == null) {
      return "";
    }
    return context.getHttp().getMethod();
  }

  /** An HTTP API puts the name of a stage that is not the default one before the path. */
  private String path() {
    String path = event.getRawPath() == null ? "" : event.getRawPath();
    RequestContext context = event.getRequestContext();
    String stage = context == null ? null : context.getStage();
    if (stage == null || stage.isEmpty() || stage.equals(DEFAULT_STAGE)) {
      return path;
    }
    String prefix = "/" + stage;
    return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
  }

  private @Nullable String header(String name) {
    Map<String, String> headers = event.getHeaders();
    if (headers == null) {
      return null;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  /** Null when it is not the base64 that it says it is. */
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
