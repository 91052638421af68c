package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.intake.body.ApiRequest;
import dev.sentrybroadcast.intake.body.ApiResponse;
import dev.sentrybroadcast.intake.body.Call;
import dev.sentrybroadcast.intake.body.UnknownBody;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request and the response of a LiteLLM record. */
final class LiteLlmBodies {

  private LiteLlmBodies() {}

  /** The input of any API stands in {@code messages}, everything else of the request beside it. */
  static Call call(LiteLlmRecord parts, @Nullable ApiType said) {
    JsonValue messages = parts.record().get("messages");
    boolean items = said == ApiType.RESPONSES && messages instanceof JsonValue.Array;
    ObjectView request =
        messages == null
            ? parts.parameters()
            : parts.record().only(items ? "input" : "messages", messages).over(parts.parameters());
    return new Call(request, parts.response(), said, false);
  }

  /** Of embeddings, {@code messages} holds texts, or since 2026 one message for each text. */
  static Exchange exchange(
      LiteLlmRecord parts, ApiType apiType, ApiRequest asked, ApiResponse answered) {
    Exchange in = asked.exchange();
    JsonValue messages = parts.record().get("messages");
    return apiType == ApiType.EMBEDDINGS
        ? new Exchange(
            null,
            null,
            null,
            in.toolDefinitions(),
            messages == null ? null : Content.deferred(() -> JsonTexts.of(texts(messages))))
        : new Exchange(
            in.inputMessages(),
            output(parts, answered),
            in.systemInstructions() == null ? answered.system() : in.systemInstructions(),
            in.toolDefinitions(),
            null);
  }

  private static @Nullable Content<List<Message>> output(
      LiteLlmRecord parts, ApiResponse answered) {
    boolean failed = "failure".equals(parts.record().json().text("status"));
    return answered.output() != null || failed || CallType.isBatch(parts.callType())
        ? answered.output()
        : UnknownBody.message("assistant", parts.response());
  }

  private static JsonValue texts(JsonValue messages) {
    List<JsonValue> texts =
        JsonValue.items(messages).stream()
            .map(each -> Objects.requireNonNullElse(JsonObject.of(each).get("content"), each))
            .toList();
    return texts.isEmpty()
        ? messages
        : texts.size() == 1 ? texts.getFirst() : new JsonValue.Array(texts);
  }
}
