package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/** The known APIs. */
public final class ApiBodies {

  private static final OpenAiChatBody CHAT = new OpenAiChatBody();
  private static final PlainTextBody PLAIN_TEXT = new PlainTextBody();

  /** The first one that recognises a request or a response reads it. */
  private static final List<ApiBody> ALL =
      List.of(
          new EmbeddingsBody(),
          new RerankBody(),
          new SpeechBody(),
          new ImagesBody(),
          new AnthropicMessagesBody(),
          CHAT,
          new OpenRouterBody(),
          new OpenAiResponsesBody(),
          new OllamaBody(),
          PLAIN_TEXT);

  private ApiBodies() {}

  public static ApiRequest request(Call call) {
    return ALL.stream().filter(body -> body.isRequest(call)).findFirst().orElse(CHAT).request(call);
  }

  public static ApiResponse response(Call call) {
    return ALL.stream()
        .filter(body -> body.isResponse(call))
        .findFirst()
        .orElse(PLAIN_TEXT)
        .response(call);
  }

  /** Whether the response answers the request, in the shape of any API. */
  public static boolean isAnswered(Call call) {
    return ALL.stream().anyMatch(body -> body.isResponse(call));
  }

  /** Whether the object has token counts in the names of any API. */
  public static boolean hasCounts(ObjectView usage) {
    return ALL.stream().anyMatch(body -> body.tokens().areIn(usage));
  }

  /** Token counts in the names of any API. */
  public static Usage usage(ObjectView usage) {
    return ALL.stream()
        .map(ApiBody::tokens)
        .filter(names -> names.areIn(usage))
        .findFirst()
        .orElse(OpenAiChatBody.TOKENS)
        .read(usage);
  }
}
