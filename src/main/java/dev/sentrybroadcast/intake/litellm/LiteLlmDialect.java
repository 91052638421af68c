package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.ApiRequest;
import dev.sentrybroadcast.intake.body.ApiResponse;
import dev.sentrybroadcast.intake.body.Call;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.body.UnknownBody;
import dev.sentrybroadcast.intake.body.Usages;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.record.Routings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code StandardLoggingPayload}, as its {@code aws_sqs} callback sends it. An allow-list
 * of its {@code metadata} is sent: no e-mail, address, header, key hash or budget.
 *
 * @see <a href="https://docs.litellm.ai/docs/proxy/logging_spec">StandardLoggingPayload</a>
 */
public final class LiteLlmDialect implements Dialect {

  @Override
  public boolean recognises(JsonObject record) {
    return (record.has("litellm_call_id") || record.has("call_type"))
        && (record.has("startTime") || record.has("endTime"));
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    if (isHealthCheck(record)) {
      return List.of(new Decoded.Ignored("a health check of LiteLLM"));
    }
    LiteLlmRecord parts = new LiteLlmRecord(record);
    Routing routing = parts.routing();
    if (routing == null) {
      return List.of(Routings.malformed(record));
    }
    return List.of(
        CallType.isTool(parts.callType())
            ? new Decoded.Valid(LiteLlmTools.trace(parts, routing, origin))
            : generation(parts, routing, origin));
  }

  private static Decoded generation(LiteLlmRecord parts, Routing routing, Origin origin) {
    Usage counted = usage(parts);
    Cost cost = parts.cost();
    boolean costs = isPositive(cost.total()) || Usages.isKnown(counted);
    boolean isAnswered = !parts.response().isEmpty();
    ApiType apiType = CallType.apiType(parts.callType(), costs, parts.failed(), isAnswered);
    if (apiType == null) {
      return new Decoded.Ignored("a call of LiteLLM that generates nothing");
    }
    Call call = call(parts, apiType);
    ApiRequest asked = ApiBodies.request(call);
    ApiResponse answered = ApiBodies.response(call);
    Model model = model(parts, answered);
    if (model.requested() == null && model.responded() == null) {
      return new Decoded.Malformed(parts.record().path("model"), "the name of a model");
    }
    Outcome outcome = outcome(parts, asked, answered);
    boolean isBatch = parts.isBatch() && !parts.failed();
    Timing batch = isBatch ? batchTiming(parts) : null;
    Trace trace = parts.trace();
    ObjectView prompt = parts.metadata().objectIfAny("prompt_management_metadata");
    return new Decoded.Valid(
        new Generation(
            isBatch && outcome.responseId() != null ? outcome.responseId() : parts.id(origin),
            routing,
            apiType,
            model,
            batch == null ? parts.timing(origin) : batch,
            parts.caller(),
            isBatch ? LiteLlmRecord.ofBatch(trace) : trace,
            asked.parameters().withPrompt(prompt.textIfAny("prompt_id"), null),
            outcome,
            counted,
            cost,
            routing.privacyMode() == PrivacyMode.ON
                ? Exchange.NONE
                : exchange(parts, apiType, asked, answered),
            List.of(),
            LiteLlmTools.executions(parts),
            parts.record().log().corrections()));
  }

  /** The input of any API stands in {@code messages}, everything else of the request beside it. */
  private static Call call(LiteLlmRecord parts, ApiType said) {
    JsonValue messages = parts.record().get("messages");
    boolean items = said == ApiType.RESPONSES && messages instanceof JsonValue.Array;
    ObjectView request =
        messages == null
            ? parts.parameters()
            : parts.record().only(items ? "input" : "messages", messages).over(parts.parameters());
    return new Call(request, parts.response(), said, false);
  }

  /** Of embeddings, {@code messages} holds texts, or since 2026 one message for each text. */
  private static Exchange exchange(
      LiteLlmRecord parts, ApiType apiType, ApiRequest asked, ApiResponse answered) {
    Exchange in = asked.exchange();
    JsonValue messages = parts.record().get("messages");
    if (apiType == ApiType.EMBEDDINGS) {
      Content<JsonText> texts = Content.deferred(messages, each -> JsonTexts.of(texts(each)));
      return new Exchange(null, null, null, in.toolDefinitions(), texts);
    }
    boolean isKnown = answered.output() != null || parts.failed() || parts.isBatch();
    return new Exchange(
        in.inputMessages(),
        isKnown ? answered.output() : UnknownBody.message("assistant", parts.response()),
        Known.first(in.systemInstructions(), answered.system()),
        in.toolDefinitions(),
        null);
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

  /** From its creation to its end, however often it is asked for. */
  private static @Nullable Timing batchTiming(LiteLlmRecord parts) {
    Long start = parts.response().time("created_at");
    Long end = parts.response().time("completed_at");
    return start == null || end == null || end < start ? null : new Timing(start, end, null);
  }

  /**
   * The record that the proxy's {@code /health} sends; no model was called.
   *
   * @see <a href="https://github.com/BerriAI/litellm/blob/main/litellm/integrations/sqs.py">
   *     async_health_check</a>
   */
  private static boolean isHealthCheck(ObjectView record) {
    JsonObject json = record.json();
    return "test_id".equals(json.text("id"))
        && "test_hash".equals(json.object("metadata").text("user_api_key_hash"));
  }

  private static Model model(LiteLlmRecord parts, ApiResponse answered) {
    String requested = parts.record().text("model");
    String provider = parts.record().text("custom_llm_provider");
    if (provider == null && requested != null && requested.indexOf('/') > 0) {
      provider = requested.substring(0, requested.indexOf('/'));
    }
    return new Model(
        provider == null ? null : CallType.provider(provider), requested, answered.model());
  }

  private static Outcome outcome(LiteLlmRecord parts, ApiRequest asked, ApiResponse answered) {
    Outcome told = answered.outcome();
    return new Outcome(
        told.responseId(),
        told.cancelled() || parts.isBatch() ? List.of() : told.finishReasons(),
        told.nativeFinishReason(),
        Known.first(parts.record().flag("stream"), asked.streamed()),
        told.cancelled(),
        parts.failed() ? parts.failure() : told.failure());
  }

  /** Of the response, else of LiteLLM; the zeros of a failure are unknown. */
  private static Usage usage(LiteLlmRecord parts) {
    Stream<Usage> said =
        Stream.of(
                parts.metadata().objectIfAny("usage_object"),
                parts.record().objectIfAny("hidden_params").objectIfAny("usage_object"),
                parts.record())
            .map(TokenNames::read);
    return Stream.concat(Stream.of(TokenNames.ofResponse(parts.response())), said)
        .filter(usage -> isPositive(usage.inputTokens()) || isPositive(usage.outputTokens()))
        .findFirst()
        .orElse(Usage.NONE);
  }

  private static boolean isPositive(@Nullable Number count) {
    return count != null && count.doubleValue() > 0;
  }
}
