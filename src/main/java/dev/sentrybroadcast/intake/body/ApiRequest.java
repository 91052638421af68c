package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request says.
 *
 * @param streamed null when it does not say
 * @param exchange without output messages
 */
public record ApiRequest(
    ApiType apiType,
    @Nullable String model,
    RequestParameters parameters,
    @Nullable Boolean streamed,
    Exchange exchange) {

  /** Of a request with the model, the parameters and {@code stream} where OpenAI has them. */
  static ApiRequest of(ApiType apiType, ObjectView request, Exchange exchange) {
    return new ApiRequest(
        apiType, request.text("model"), Parameters.read(request), request.flag("stream"), exchange);
  }

  /** Of a request with messages, which {@code reader} converts. */
  static ApiRequest of(
      ApiType apiType,
      ObjectView request,
      @Nullable JsonValue messages,
      Function<JsonValue, List<Message>> reader) {
    return of(apiType, request, Conversation.exchange(request, messages, reader));
  }

  /** Of a request with messages in a field. */
  static ApiRequest ofMessages(ApiType apiType, ObjectView request, String field) {
    return of(apiType, request, Conversation.in(request, field), ChatMessages::of);
  }

  /** Of a request whose fields are one message. */
  static ApiRequest ofMessage(ApiType apiType, ObjectView request, JsonObject message) {
    return of(apiType, request, new JsonValue.Array(List.of(message)), ChatMessages::of);
  }

  /** With the model's name where it is known. */
  ApiRequest ofModel(@Nullable String name) {
    return name == null ? this : new ApiRequest(apiType, name, parameters, streamed, exchange);
  }
}
