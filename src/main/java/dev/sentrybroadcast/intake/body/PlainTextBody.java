package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response of no known API, whose answer stands in a field with a common name. */
final class PlainTextBody implements ApiBody {

  private static final List<String> ANSWERS =
      List.of("content", "completion", "output_text", "text", "generation", "generated_text");

  /** Where other APIs have the answer; empty, they are no unknown fields. */
  private static final List<String> EMPTY = List.of("choices", "output", "data", "results");

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    return answer(response.json()) != null
        || response.hasAny(
            "choices", "output", "content", "completion", "output_text", "data", "results");
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    JsonValue answer = answer(response.json());
    ANSWERS.forEach(response::get);
    EMPTY.stream().filter(field -> !response.isGiven(field)).forEach(response::get);
    String stopReason = response.word("stop_reason");
    String reason = stopReason == null ? response.word("finish_reason") : stopReason;
    return OpenAiResponsesBody.withStatus(
        null,
        call,
        reason,
        answer,
        (said, ended) -> ContentParts.answer(ContentParts.of(said), ended));
  }

  private static @Nullable JsonValue answer(JsonObject response) {
    if (response.has("content")) {
      return response.get("content");
    }
    // The "text" of OpenAI's Responses is an object: its format.
    for (String field : ANSWERS) {
      if (response.get(field) instanceof JsonValue.Text text) {
        return text;
      }
    }
    return null;
  }
}
