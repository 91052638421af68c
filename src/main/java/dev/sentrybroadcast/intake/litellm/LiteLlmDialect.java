package dev.sentrybroadcast.intake.litellm;

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
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.ApiRequest;
import dev.sentrybroadcast.intake.body.ApiResponse;
import dev.sentrybroadcast.intake.body.Call;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.record.Routings;
import dev.sentrybroadcast.intake.record.Timings;
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
    Routing routing = routing(parts);
    if (routing == null) {
      return List.of(Routings.malformed(record));
    }
    if (CallType.isTool(parts.callType())) {
      return List.of(
          new Decoded.Valid(LiteLlmTools.trace(parts, id(record, origin), routing, origin)));
    }
    Usage counted = usage(parts);
    boolean failed = "failure".equals(record.text("status"));
    Cost cost = LiteLlmCost.read(parts, failed);
    boolean costs = isPositive(cost.total()) || TokenNames.isKnown(counted);
    ApiType apiType =
        CallType.apiType(parts.callType(), costs, failed, !parts.response().isEmpty());
    if (apiType == null) {
      return List.of(new Decoded.Ignored("a call of LiteLLM that generates nothing"));
    }
    Call call = LiteLlmBodies.call(parts, apiType);
    ApiRequest asked = ApiBodies.request(call);
    ApiResponse answered = ApiBodies.response(call);
    Model model = model(parts, answered);
    if (model.requested() == null && model.responded() == null) {
      return List.of(new Decoded.Malformed(record.path("model"), "the name of a model"));
    }
    Outcome outcome = outcome(parts, asked, answered);
    boolean isBatch = CallType.isBatch(parts.callType()) && !failed;
    Timing batch = isBatch ? batchTiming(parts) : null;
    Trace trace = LiteLlmTrace.read(parts);
    return List.of(
        new Decoded.Valid(
            new Generation(
                isBatch && outcome.responseId() != null ? outcome.responseId() : id(record, origin),
                routing,
                apiType,
                model,
                batch == null ? timing(parts, origin) : batch,
                caller(parts),
                isBatch ? LiteLlmTrace.ofBatch(trace) : trace,
                asked.parameters(),
                outcome,
                counted,
                cost,
                routing.privacyMode() == PrivacyMode.ON
                    ? Exchange.NONE
                    : LiteLlmBodies.exchange(parts, apiType, asked, answered),
                List.of(),
                LiteLlmTools.executions(parts),
                record.log().corrections())));
  }

  /** LiteLLM does not say; who puts its records on the queue can. */
  private static @Nullable Routing routing(LiteLlmRecord parts) {
    Routing routing = Routings.read(parts.record());
    return routing == null || !LiteLlmRedaction.isRedacted(parts)
        ? routing
        : new Routing(routing.destinations(), PrivacyMode.ON);
  }

  /** From its creation to its end, however often it is asked for. */
  private static @Nullable Timing batchTiming(LiteLlmRecord parts) {
    Long start = parts.response().time("created_at");
    Long end = parts.response().time("completed_at");
    return start == null || end == null || end < start ? null : new Timing(start, end, null);
  }

  private static String id(ObjectView record, Origin origin) {
    return Stream.of("id", "litellm_call_id")
        .map(record::id)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(origin.id());
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

  static Timing timing(LiteLlmRecord parts, Origin origin) {
    ObjectView record = parts.record();
    Long start = LiteLlmRecord.time(record, "startTime");
    Long end = LiteLlmRecord.time(record, "endTime");
    Timing timing = Timings.between(record, start, end, origin.sentEpochNanos());
    Long first = LiteLlmRecord.time(record, "completionStartTime");
    // Of a call that was not streamed it is the end.
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
        user, parts.record().id("session_id"), parts.metadata().text("user_api_key_alias"), null);
  }

  private static Outcome outcome(LiteLlmRecord parts, ApiRequest asked, ApiResponse answered) {
    Boolean streamed = parts.record().flag("stream");
    boolean failed = "failure".equals(parts.record().text("status"));
    Outcome told = answered.outcome();
    return new Outcome(
        told.responseId(),
        told.cancelled() || CallType.isBatch(parts.callType()) ? List.of() : told.finishReasons(),
        told.nativeFinishReason(),
        streamed == null ? asked.streamed() : streamed,
        told.cancelled(),
        failed ? parts.failure() : told.failure());
  }

  /** Of the response, else of LiteLLM; the zeros of a failure are unknown. */
  private static Usage usage(LiteLlmRecord parts) {
    Usage answered = TokenNames.ofResponse(parts.response());
    if (isPositive(answered.inputTokens()) || isPositive(answered.outputTokens())) {
      return answered;
    }
    return Stream.of(
            parts.metadata().objectIfAny("usage_object"),
            parts.record().objectIfAny("hidden_params").objectIfAny("usage_object"),
            parts.record())
        .map(TokenNames::read)
        .filter(usage -> isPositive(usage.inputTokens()) || isPositive(usage.outputTokens()))
        .findFirst()
        .orElse(Usage.NONE);
  }

  private static boolean isPositive(@Nullable Number count) {
    return count != null && count.doubleValue() > 0;
  }
}
