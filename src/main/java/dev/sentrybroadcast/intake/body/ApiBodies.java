package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The known APIs. */
public final class ApiBodies {

  private static final OpenAiChatBody CHAT = new OpenAiChatBody();
  private static final PlainTextBody PLAIN_TEXT = new PlainTextBody();

  /** The first one that recognises a request or a response reads it. */
  private static final List<ApiBody> ALL =
      List.of(
          new OtherBodies.Rerank(),
          new OtherBodies.Embeddings(),
          new OtherBodies.Audio(),
          new OtherBodies.Images(),
          new OtherBodies.Ocr(),
          new GeminiBody(),
          new BedrockConverseBody(),
          new CohereBody(),
          new OllamaBody(),
          new AnthropicMessagesBody(),
          CHAT,
          new OpenRouterBody(),
          new OpenAiResponsesBody(),
          PLAIN_TEXT);

  private ApiBodies() {}

  public static ApiRequest request(Call call) {
    return requestBody(call).orElse(CHAT).request(call.request());
  }

  public static ApiResponse response(Call call) {
    return responseBody(call).orElse(PLAIN_TEXT).response(call);
  }

  /** Whether the response answers the request, in the shape of any API. */
  public static boolean isAnswered(Call call) {
    return responseBody(call).isPresent();
  }

  /** Who serves the API of the request or of the response; null where many do. */
  public static @Nullable String provider(Call call) {
    return Stream.of(requestBody(call), responseBody(call))
        .flatMap(Optional::stream)
        .map(ApiBody::provider)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * The response of a record: an object, the chunks of a stream, or the answer alone as a text or
   * as a list.
   */
  public static ObjectView responseOf(ObjectView record, String field) {
    JsonValue response = record.get(field);
    JsonObject whole = StreamChunks.assembled(response);
    JsonObject given = JsonObject.of(response);
    if (whole == null && given.has("results")) {
      whole = StreamChunks.assembled(given.get("results")); // LiteLLM's realtime
      whole = whole == null ? null : given.without("results").over(whole);
    }
    return whole != null
        ? record.child(field, whole)
        : switch (response) {
          case JsonValue.Text text -> record.only("text", text);
          case JsonValue.Array items -> record.only("output", items);
          case null, default -> record.object(field);
        };
  }

  /** Whether it is the chunks of a stream. */
  public static boolean isStream(JsonValue response) {
    return StreamChunks.assembled(response) != null;
  }

  private static Optional<ApiBody> requestBody(Call call) {
    return ALL.stream().filter(body -> body.isRequest(call)).findFirst();
  }

  private static Optional<ApiBody> responseBody(Call call) {
    return ALL.stream().filter(body -> body.isResponse(call)).findFirst();
  }
}
