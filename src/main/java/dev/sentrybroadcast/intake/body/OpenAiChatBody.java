package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat and text completions, with what OpenRouter adds to them. Also reads requests of no
 * known API, whose messages can stand in any of the common fields.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat completions</a>
 * @see <a href="https://platform.openai.com/docs/api-reference/completions">Completions</a>
 */
final class OpenAiChatBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    ObjectView request = call.request();
    return Conversation.isIn(request, "messages")
        || (Conversation.isIn(request, "prompt") && !Conversation.isIn(request, "input"));
  }

  @Override
  public boolean isResponse(Call call) {
    return call.response().isGiven("choices");
  }

  @Override
  public ApiRequest request(ObjectView request) {
    String field = null;
    JsonValue messages = null;
    for (String name : List.of("messages", "input", "prompt", "query")) {
      JsonValue found = Conversation.in(request, name);
      boolean given = found != null && !found.isBlank();
      if (given || messages == null) {
        field = name;
        messages = found;
      }
      if (given) {
        break;
      }
    }
    boolean completion = "prompt".equals(field) && request.json().object("prompt").isEmpty();
    return ApiRequest.of(
        completion ? ApiType.COMPLETION : ApiType.CHAT, request, messages, ChatMessages::of);
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    List<ObjectView> choices = choices(response);
    List<JsonObject> messages = choices.stream().map(ObjectView::json).toList();
    JsonValue sources = response.first("citations", "search_results");
    List<String> reasons = each(choices, choice -> choice.word("finish_reason")).toList();
    String reason = response.word("finish_reason");
    String nativeReason =
        each(choices, choice -> choice.word("native_finish_reason")).findFirst().orElse(null);
    Failure failure = each(choices, choice -> Failures.read(choice, null)).findFirst().orElse(null);
    return ApiResponse.of(
            null,
            response,
            reasons.isEmpty() ? ApiResponse.reasons(reason) : reasons,
            Content.deferred(() -> output(messages, sources, call.cancelled())))
        .ended(nativeReason, false, failure, null);
  }

  /** The answers, with the sources that Perplexity has beside them. */
  private static List<Message> output(
      List<JsonObject> choices, @Nullable JsonValue sources, boolean cancelled) {
    List<Message> messages = ChatMessages.ofChoices(choices, cancelled);
    List<Part> beside = new ArrayList<>();
    ContentParts.addOther("citations", sources, beside);
    messages.addAll(ContentParts.answer(beside, null));
    return messages;
  }

  static List<ObjectView> choices(ObjectView response) {
    return response.objects("choices", Limits.FINISH_REASONS);
  }

  private static <T> Stream<T> each(
      List<ObjectView> choices, Function<ObjectView, @Nullable T> reader) {
    return choices.stream().map(reader).filter(Objects::nonNull);
  }
}
