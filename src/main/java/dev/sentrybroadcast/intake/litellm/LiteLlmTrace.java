package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace of a LiteLLM record, with an allow-list of metadata under {@code litellm.*}. */
final class LiteLlmTrace {

  private static final int TAGS = 64;

  private LiteLlmTrace() {}

  static Trace read(LiteLlmRecord parts) {
    ObjectView record = parts.record();
    ObjectView metadata = parts.metadata();
    Map<String, Scalar> sent = new LinkedHashMap<>();
    text(sent, "call_id", record.text("litellm_call_id"));
    text(sent, "call_type", parts.callType());
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
    return new Trace(traceId(record), null, null, null, null, null, null, null, sent);
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
  private static @Nullable String traceId(ObjectView record) {
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
