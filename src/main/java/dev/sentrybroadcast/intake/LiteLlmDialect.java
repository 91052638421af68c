package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code StandardLoggingPayload}, as its {@code aws_sqs} callback sends it. What of its
 * {@code metadata} leaves is an allow-list: no e-mail, address, header, key hash or budget.
 *
 * @see <a href="https://docs.litellm.ai/docs/proxy/logging_spec">StandardLoggingPayload</a>
 */
final class LiteLlmDialect implements Dialect {

  @Override
  public boolean recognises(JsonValue.Members record) {
    return (record.has("litellm_call_id") || record.has("call_type"))
        && (record.has("startTime") || record.has("endTime"));
  }

  @Override
  public List<Decoded> read(Fields record, Origin origin) {
    if (isHealthCheck(record)) {
      return List.of(new Decoded.Ignored("a health check of LiteLLM"));
    }
    LiteLlmRecord parts = new LiteLlmRecord(record);
    Routing routing = routing(parts);
    if (routing == null) {
      return List.of(RoutingReader.malformed(record));
    }
    if (LiteLlmCallType.isTool(parts.callType())) {
      return List.of(
          new Decoded.Valid(LiteLlmTools.trace(parts, id(record, origin), routing, origin)));
    }
    Usage usage = usage(parts);
    ApiType apiType = LiteLlmCallType.apiType(parts.callType(), usage);
    if (apiType == null) {
      return List.of(new Decoded.Ignored("a call of LiteLLM that generates nothing"));
    }
    Model model = model(parts);
    if (model.requested() == null && model.responded() == null) {
      return List.of(new Decoded.Malformed(record.path("model"), "the name of a model"));
    }
    return List.of(new Decoded.Valid(generation(parts, routing, apiType, model, usage, origin)));
  }

  private static Generation generation(
      LiteLlmRecord parts,
      Routing routing,
      ApiType apiType,
      Model model,
      Usage usage,
      Origin origin) {
    Fields record = parts.record();
    Outcome outcome = outcome(parts);
    Cost cost = LiteLlmCost.read(parts, outcome.failure() != null);
    boolean withheld = routing.privacyMode() == PrivacyMode.ON;
    return new Generation(
        id(record, origin),
        routing,
        apiType,
        model,
        timing(parts, origin),
        caller(parts),
        LiteLlmTrace.read(parts),
        ParametersReader.read(parts.parameters()),
        outcome,
        usage,
        cost,
        withheld ? Exchange.NONE : LiteLlmExchange.read(parts, apiType, outcome),
        List.of(),
        LiteLlmTools.executions(parts),
        record.log().corrections());
  }

  /** LiteLLM says nothing of it; who puts its records on the queue may. */
  private static @Nullable Routing routing(LiteLlmRecord parts) {
    Routing routing = RoutingReader.read(parts.record());
    return routing == null || !LiteLlmRedaction.isRedacted(parts)
        ? routing
        : new Routing(routing.destinations(), PrivacyMode.ON);
  }

  private static String id(Fields record, Origin origin) {
    String id = record.firstText("id", "litellm_call_id");
    return id == null ? origin.id() : id;
  }

  /**
   * The made-up record that the proxy's {@code /health} puts on the queue; no model was called.
   *
   * @see <a href="https://github.com/BerriAI/litellm/blob/main/litellm/integrations/sqs.py">
   *     async_health_check</a>
   */
  private static boolean isHealthCheck(Fields record) {
    return "test_id".equals(JsonValue.text(record.get("id")))
        && "test_hash"
            .equals(
                JsonValue.text(JsonValue.members(record.get("metadata")).get("user_api_key_hash")));
  }

  private static Model model(LiteLlmRecord parts) {
    String requested = parts.record().text("model");
    String provider = parts.record().text("custom_llm_provider");
    if (provider == null && requested != null && requested.indexOf('/') > 0) {
      provider = requested.substring(0, requested.indexOf('/'));
    }
    JsonValue responded = parts.response().get("model");
    return new Model(
        provider == null ? null : LiteLlmCallType.provider(provider),
        requested,
        responded != null && responded.isText() ? parts.response().text("model") : null);
  }

  static Timing timing(LiteLlmRecord parts, Origin origin) {
    Fields record = parts.record();
    Long start = LiteLlmRecord.time(record, "startTime");
    Long end = LiteLlmRecord.time(record, "endTime");
    Timing timing = TimingReader.between(record, start, end, origin.sentEpochNanos());
    Long first = LiteLlmRecord.time(record, "completionStartTime");
    // Of a call that was not streamed it is the end, which says nothing.
    return first == null || first < timing.startEpochNanos() || first >= timing.endEpochNanos()
        ? timing
        : new Timing(timing.startEpochNanos(), timing.endEpochNanos(), first);
  }

  static Caller caller(LiteLlmRecord parts) {
    String user = parts.record().text("end_user");
    if (user == null) {
      user = parts.metadata().text("user_api_key_end_user_id");
    }
    if (user == null) {
      user = parts.parameters().text("user");
    }
    return new Caller(
        user, parts.record().text("session_id"), parts.metadata().text("user_api_key_alias"), null);
  }

  private static Outcome outcome(LiteLlmRecord parts) {
    Fields nothing = Fields.record(JsonValue.Members.NONE, "");
    Outcome said = OutcomeReader.read(nothing, parts.parameters(), parts.response());
    Boolean streamed = parts.record().flag("stream");
    boolean failed = "failure".equals(parts.record().text("status"));
    return new Outcome(
        said.responseId(),
        said.finishReasons(),
        said.nativeFinishReason(),
        streamed == null ? said.streamed() : streamed,
        said.cancelled(),
        failed ? parts.failure() : said.failure());
  }

  /** Of the response, else as LiteLLM sums it up; a failure's zeros are unknown. */
  private static Usage usage(LiteLlmRecord parts) {
    for (Fields usage :
        new Fields[] {
          parts.response().objectIfAny("usage"),
          parts.metadata().objectIfAny("usage_object"),
          parts.record().objectIfAny("hidden_params").objectIfAny("usage_object"),
          parts.record()
        }) {
      Usage read = UsageReader.read(usage);
      if (isPositive(read.inputTokens()) || isPositive(read.outputTokens())) {
        return read;
      }
    }
    return Usage.NONE;
  }

  private static boolean isPositive(@Nullable Long count) {
    return count != null && count > 0;
  }
}
