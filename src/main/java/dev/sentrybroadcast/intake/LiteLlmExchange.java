package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where the content of a LiteLLM record stands: one field, whatever was called. */
final class LiteLlmExchange {

  private LiteLlmExchange() {}

  static Exchange read(LiteLlmRecord parts, ApiType apiType, Outcome outcome) {
    Fields record = parts.record();
    JsonValue said = record.get("messages");
    // Items of the Responses API stand in "messages" too; reading "input" knows both.
    String field =
        apiType == ApiType.RESPONSES && said != null && said.isElements() ? "input" : "messages";
    Fields request =
        said == null ? parts.parameters() : parts.parameters().over(record.inPlace(field, said));
    Fields response = response(parts);
    Exchange exchange = ExchangeReader.read(apiType, request, response, outcome);
    return apiType != ApiType.EMBEDDINGS
        ? exchange
        : new Exchange(null, null, null, exchange.toolDefinitions(), embedded(said));
  }

  private static Fields response(LiteLlmRecord parts) {
    JsonValue answer = parts.record().get("response");
    if (answer == null || answer.isMembers()) {
      return parts.response();
    }
    if (!answer.isText() && !answer.isElements()) {
      parts.record().drop("response");
      return parts.response();
    }
    return parts.record().inPlace(answer.isText() ? "text" : "output", answer);
  }

  /** Texts, or since 2026 one message for each of them. */
  private static @Nullable Content<JsonText> embedded(@Nullable JsonValue said) {
    return said == null ? null : Content.deferred(() -> JsonTexts.of(texts(said)));
  }

  private static JsonValue texts(JsonValue said) {
    List<JsonValue> texts = new ArrayList<>();
    for (JsonValue each : JsonValue.elements(said)) {
      JsonValue content = JsonValue.members(each).get("content");
      texts.add(content == null ? each : content);
    }
    return texts.isEmpty()
        ? said
        : texts.size() == 1 ? texts.getFirst() : new JsonValue.Elements(texts);
  }
}
