package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's {@code generateContent}, with names in camel case, or in snake case as Google's SDKs log
 * them.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">generateContent</a>
 */
final class GeminiBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return call.request().has("contents");
  }

  @Override
  public boolean isResponse(Call call) {
    return call.response()
        .hasAny(
            "candidates", "usageMetadata", "usage_metadata", "promptFeedback", "prompt_feedback");
  }

  @Override
  public ApiRequest request(ObjectView request) {
    return ApiRequest.ofMessages(ApiType.CHAT, request, "contents")
        .ofModel(model(request.text("model")));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    List<ObjectView> candidates = response.objects("candidates", Limits.FINISH_REASONS);
    List<String> reasons =
        candidates.stream()
            .map(candidate -> reason(candidate, "finishReason", "finish_reason"))
            .filter(Objects::nonNull)
            .toList();
    ObjectView feedback = response.firstObject("promptFeedback", "prompt_feedback");
    String blocked = reason(feedback, "blockReason", "block_reason");
    List<JsonObject> answers = candidates.stream().map(ObjectView::json).toList();
    return ApiResponse.of(
            ApiType.CHAT,
            response,
            reasons.isEmpty() ? ApiResponse.reasons(blocked) : reasons,
            Content.deferred(() -> output(answers, feedback.json(), call.cancelled())),
            "responseId",
            "response_id")
        .with(model(response.firstText("modelVersion", "model_version")), null);
  }

  @Override
  public String provider() {
    return "gcp.gen_ai";
  }

  /** The name without the collection that it is in, as in {@code models/gemini-2.5-flash}. */
  private static @Nullable String model(@Nullable String name) {
    return name == null ? null : name.replaceFirst("^(?:.*/)?models/", "");
  }

  /** A word; a number is an enumeration of an older SDK. */
  private static @Nullable String reason(ObjectView owner, String... names) {
    for (String name : names) {
      if (owner.has(name)) {
        String reason = owner.word(name);
        return reason == null
            ? null
            : reason.replaceFirst("^(?:FinishReason|BlockedReason)\\.", "");
      }
    }
    return null;
  }

  private static List<Message> output(
      List<JsonObject> candidates, JsonObject feedback, boolean cancelled) {
    List<Message> messages = new ArrayList<>();
    for (JsonObject candidate : candidates) {
      List<Part> parts = new ArrayList<>();
      JsonObject content = candidate.object("content");
      ContentParts.addMessage(content, parts);
      for (String beside : List.of("groundingMetadata", "grounding_metadata", "citationMetadata")) {
        ContentParts.addOther("citations", candidate.get(beside), parts);
      }
      String reason = JsonValue.text(candidate.first("finishReason", "finish_reason"));
      messages.addAll(ContentParts.answer(parts, cancelled ? null : ApiResponse.inMessage(reason)));
    }
    List<Part> refusal = new ArrayList<>();
    ContentParts.addRefusal(
        JsonValue.text(feedback.first("blockReasonMessage", "block_reason_message")), refusal);
    messages.addAll(ContentParts.answer(refusal, null));
    return messages;
  }
}
