package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where the content of a record stands; reads none of it. */
final class ExchangeReader {

  /** Where one text is the answer; the last is Ollama's. */
  private static final List<String> TEXTS =
      List.of("content", "completion", "output_text", "text", "response");

  private ExchangeReader() {}

  static boolean hasOutput(Fields response) {
    return response.has("choices")
        || response.has("output")
        || response.has("content")
        || response.has("completion")
        || response.has("output_text")
        || response.has("data")
        || response.has("results")
        || isText(response.get("text"))
        || isText(response.get("response"))
        || isObject(response.get("message"));
  }

  static Exchange read(ApiType apiType, Fields request, Fields response, Outcome outcome) {
    Content<JsonText> tools = json(request.get(request.has("tools") ? "tools" : "functions"));
    if (apiType == ApiType.EMBEDDINGS) {
      return new Exchange(null, null, null, tools, json(request.get("input")));
    }
    Conversation conversation = Conversation.of(request, response);
    return new Exchange(
        conversation.hasMessages() ? Content.deferred(conversation::messages) : null,
        output(response, outcome),
        conversation.hasSystem() ? Content.deferred(conversation::system) : null,
        tools,
        null);
  }

  private static @Nullable Content<List<Message>> output(Fields response, Outcome outcome) {
    boolean cancelled = outcome.cancelled();
    List<JsonValue.Members> choices = choices(response);
    if (!choices.isEmpty()) {
      return Content.deferred(() -> ChatShape.choices(choices, cancelled));
    }
    String finishReason =
        outcome.finishReasons().isEmpty() ? null : outcome.finishReasons().getFirst();
    JsonValue output = response.get("output");
    if (output != null && !output.isBlank()) {
      return Content.deferred(() -> ResponsesShape.output(output, finishReason));
    }
    for (String field : TEXTS) {
      JsonValue content = response.get(field);
      // The "text" of a Responses body is its format.
      if (content != null && (content.isText() || field.equals("content"))) {
        JsonValue stopDetails = response.get("stop_details");
        return Content.deferred(() -> AnthropicShape.content(content, stopDetails, finishReason));
      }
    }
    JsonValue images = response.get("data");
    return images == null || !images.isElements()
        ? null
        : Content.deferred(() -> images(images, finishReason));
  }

  /** Ollama's chat has but one, which is the body itself. */
  private static List<JsonValue.Members> choices(Fields response) {
    List<JsonValue.Members> choices = new ArrayList<>(1);
    // Not as fields: these know the whole record, and content is kept as long as the batch.
    for (Fields choice : OutcomeReader.choices(response)) {
      choices.add(choice.members());
    }
    if (choices.isEmpty() && isObject(response.get("message"))) {
      choices.add(response.members());
    }
    return choices;
  }

  /** Of OpenAI's image API. */
  private static List<Message> images(JsonValue images, @Nullable String finishReason) {
    List<Part> parts = new ArrayList<>();
    for (JsonValue image : JsonValue.elements(images)) {
      JsonValue.Members members = JsonValue.members(image);
      MediaParts.addImage(
          JsonValue.text(members.has("b64_json") ? members.get("b64_json") : members.get("url")),
          parts);
      ContentParts.addText(JsonValue.text(members.get("revised_prompt")), parts);
    }
    return parts.isEmpty()
        ? List.of()
        : List.of(new Message("assistant", null, parts, finishReason));
  }

  private static @Nullable Content<JsonText> json(@Nullable JsonValue value) {
    return value == null ? null : Content.deferred(() -> JsonTexts.of(value));
  }

  private static boolean isObject(@Nullable JsonValue value) {
    return value != null && value.isMembers();
  }

  private static boolean isText(@Nullable JsonValue value) {
    return value != null && value.isText();
  }
}
