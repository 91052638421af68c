package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's Converse.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">
 *     Converse</a>
 */
final class BedrockConverseBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    ObjectView request = call.request();
    return Conversation.isIn(request, "messages")
        && request.hasAny("modelId", "inferenceConfig", "toolConfig", "guardrailConfig");
  }

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    return response.has("stopReason") || response.json().object("output").has("message");
  }

  @Override
  public ApiRequest request(ObjectView request) {
    return ApiRequest.ofMessages(ApiType.CHAT, request, "messages")
        .ofModel(request.text("modelId"));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    String reason = response.word("stopReason");
    JsonObject output = response.object("output").json();
    JsonValue guardrail = response.objectIfAny("trace").get("guardrail");
    Double millis = response.objectIfAny("metrics").amount("latencyMs");
    return ApiResponse.of(
            ApiType.CHAT,
            call,
            reason,
            output,
            (answer, ended) -> output(answer, guardrail, ended),
            "requestId")
        .with(null, millis == null ? null : Long.valueOf(Math.round(millis * 1e6)));
  }

  @Override
  public String provider() {
    return "aws.bedrock";
  }

  private static List<Message> output(
      JsonObject output, @Nullable JsonValue guardrail, @Nullable String reason) {
    List<Part> parts = new ArrayList<>();
    ContentParts.addMessage(output.object("message"), parts);
    ContentParts.addOther("guardrail", guardrail, parts);
    return ContentParts.answer(parts, ApiResponse.inMessage(reason));
  }
}
