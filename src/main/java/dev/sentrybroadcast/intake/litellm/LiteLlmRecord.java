package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import dev.sentrybroadcast.intake.record.Costs;
import dev.sentrybroadcast.intake.record.Routings;
import dev.sentrybroadcast.intake.record.Timings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A LiteLLM record, and what is read alike of model calls and of tools. */
record LiteLlmRecord(
    ObjectView record, ObjectView response, ObjectView metadata, ObjectView parameters) {

  /** What LiteLLM writes in place of content. */
  private static final String REDACTED = "redacted-by-litellm";

  private static final int TAGS = 64;

  LiteLlmRecord(ObjectView record) {
    this(
        record,
        ApiBodies.responseOf(record, "response"),
        record.object("metadata"),
        record.object("model_parameters"));
  }

  /** A word; it leaves in privacy mode. */
  @Nullable String callType() {
    return record.word("call_type");
  }

  boolean isBatch() {
    return CallType.isBatch(callType());
  }

  boolean failed() {
    return "failure".equals(record.text("status"));
  }

  String id(Origin origin) {
    return Objects.requireNonNullElse(
        Known.first(record.id("id"), record.id("litellm_call_id")), origin.id());
  }

  /**
   * In privacy mode where LiteLLM left content out ({@code turn_off_message_logging}): its error
   * texts still quote prompts then. LiteLLM names no destination; who puts its records on the queue
   * can.
   *
   * @see <a href="https://github.com/BerriAI/litellm/issues/39385">Prompts in errors</a>
   */
  @Nullable Routing routing() {
    Routing routing = Routings.read(record);
    return routing == null || !isRedacted()
        ? routing
        : new Routing(routing.destinations(), PrivacyMode.ON);
  }

  private boolean isRedacted() {
    JsonValue messages = record.get("messages");
    JsonObject answer = response.json();
    return Stream.of(
            messages,
            JsonObject.of(messages).get("content"),
            JsonObject.firstOf(messages).get("content"),
            record.get("response"),
            answer.get("text"),
            answer.get("instructions"),
            JsonObject.firstOf(answer.get("choices")).object("message").get("content"))
        .anyMatch(value -> REDACTED.equals(JsonValue.text(value)));
  }

  Timing timing(Origin origin) {
    Timing timing =
        Timings.between(record, time("startTime"), time("endTime"), origin.sentEpochNanos());
    Long first = time("completionStartTime");
    // Of a call that was not streamed it is the end.
    return first == null || first < timing.startEpochNanos() || first >= timing.endEpochNanos()
        ? timing
        : new Timing(timing.startEpochNanos(), timing.endEpochNanos(), first);
  }

  /**
   * Epoch seconds as a number or a text, or a text without an offset, which is in UTC; null where
   * there is none.
   */
  private @Nullable Long time(String field) {
    Long time = Times.epochNanos(record.get(field));
    if (time == null && record.get(field) instanceof JsonValue.Text(String text)) {
      time = Times.epochNanos(new JsonValue.Text(text.strip() + "Z"));
    }
    return time == null ? record.time(field) : time; // drops what is no time
  }

  Caller caller() {
    String user =
        Known.first(
            record.text("end_user"),
            metadata.text("user_api_key_end_user_id"),
            parameters.text("user"));
    return new Caller(user, record.id("session_id"), metadata.text("user_api_key_alias"), null);
  }

  /**
   * In US dollars. LiteLLM writes 0 where it knows no price and where a call failed: unknown. An
   * answer from its own cache costs nothing, whatever the breakdown says.
   */
  Cost cost() {
    if (Boolean.TRUE.equals(record.flag("cache_hit"))) {
      return failed() ? Cost.NONE : Costs.ofTotal(0.0);
    }
    Double total = record.amount("response_cost");
    if (total == null || total <= 0) {
      return Cost.NONE;
    }
    ObjectView breakdown = record.object("cost_breakdown");
    Double before = breakdown.amount("original_cost", "total_cost");
    if (before != null && !Costs.isSame(before, total)) {
      return Costs.ofTotal(total);
    }
    return Costs.addedUp(
        new Cost(
            total,
            breakdown.amount("input_cost"),
            breakdown.amount("output_cost"),
            breakdown.amount("cache_read_cost"),
            breakdown.amount("cache_creation_cost"),
            breakdown.amount("reasoning_cost")),
        Numbers.zeroIfUnknown(breakdown.amount("tool_usage_cost")));
  }

  /** The type is the error's class, since the codes of providers differ for the same error. */
  Failure failure() {
    JsonObject said = record.json().object("error_information");
    JsonValue message = unlessBlank(said.get("error_message"));
    return Failures.ofObject(
        ObjectView.of(
            JsonObject.NONE
                .with("type", unlessBlank(said.get("error_class")))
                .with("code", unlessBlank(said.get("error_code")))
                .with("message", message == null ? record.get("error_str") : message)),
        null);
  }

  private static @Nullable JsonValue unlessBlank(@Nullable JsonValue value) {
    return value == null || value.isBlank() ? null : value;
  }

  /** With an allow-list of metadata under {@code litellm.*}. */
  Trace trace() {
    Map<String, Scalar> sent = new LinkedHashMap<>();
    text(sent, "call_id", record.text("litellm_call_id"));
    text(sent, "call_type", callType());
    text(sent, "model_group", record.text("model_group"));
    text(sent, "model_id", record.text("model_id"));
    text(sent, "key_alias", metadata.text("user_api_key_alias"));
    text(sent, "team_id", metadata.firstText("user_api_key_team_id", "team_id"));
    text(sent, "team_alias", metadata.firstText("user_api_key_team_alias", "team_alias"));
    text(sent, "organization_alias", metadata.text("user_api_key_org_alias"));
    text(sent, "project_alias", metadata.text("user_api_key_project_alias"));
    text(sent, "request_route", metadata.text("user_api_key_request_route"));
    text(sent, "tags", names(record.get("request_tags")));
    text(sent, "applied_guardrails", names(metadata.get("applied_guardrails")));
    ObjectView status = record.objectIfAny("status_fields");
    String guardrails = status.word("guardrail_status");
    text(sent, "guardrail_status", "not_run".equals(guardrails) ? null : guardrails);
    ObjectView error = record.objectIfAny("error_information");
    text(sent, "rate_limit_category", error.word("error_rate_limit_category"));
    text(sent, "rate_limit_type", error.word("error_rate_limit_type"));
    if (Boolean.TRUE.equals(record.flag("cache_hit"))) {
      sent.put("litellm.cache_hit", new Scalar.Flag(true));
      Double saved = record.amount("saved_cache_cost");
      if (saved != null && saved > 0) {
        sent.put("litellm.saved_cache_cost", new Scalar.Decimal(saved));
      }
    }
    return new Trace(traceId(), null, null, null, null, null, null, null, sent);
  }

  /** What is the same in every record of a batch, so that all of them become the same span. */
  static Trace ofBatch(Trace trace) {
    Map<String, Scalar> metadata = new LinkedHashMap<>(trace.metadata());
    metadata.remove("litellm.call_id");
    return new Trace(null, null, null, null, null, null, null, null, metadata);
  }

  /**
   * Null where it is the session's id, which LiteLLM uses if the caller gave no trace id.
   *
   * @see <a
   *     href="https://github.com/BerriAI/litellm/blob/main/litellm/litellm_core_utils/litellm_logging.py">
   *     get_standard_logging_payload_trace_id</a>
   */
  private @Nullable String traceId() {
    String traceId = record.id("trace_id");
    return traceId == null || traceId.equals(record.id("session_id")) ? null : traceId;
  }

  /** As JSON, without the client's user agent, which LiteLLM adds to the caller's tags. */
  private static @Nullable String names(@Nullable JsonValue names) {
    StringBuilder json = new StringBuilder("[");
    int count = 0;
    for (JsonValue name : JsonValue.items(names)) {
      String text = JsonValue.text(name);
      if (text != null
          && !text.isBlank()
          && !text.startsWith("User-Agent: ")
          && count < TAGS
          && json.length() < Limits.METADATA_VALUE_CHARS / 2) {
        json.append(count++ == 0 ? "" : ",")
            .append(JsonTexts.ofText(Limits.cut(text, Limits.METADATA_KEY_CHARS)).json());
      }
    }
    return count == 0 ? null : json.append(']').toString();
  }

  private static void text(Map<String, Scalar> to, String name, @Nullable String value) {
    if (value != null) {
      to.put("litellm." + name, new Scalar.Text(value));
    }
  }
}
