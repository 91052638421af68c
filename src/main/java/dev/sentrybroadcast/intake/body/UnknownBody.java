package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request or a response of no known shape: the fields that nothing has read, as JSON. */
public final class UnknownBody {

  /** Parameters and metadata that the known APIs have and that are not sent. */
  private static final Set<String> KNOWN =
      Set.of(
          """
          n stop stop_sequences stopSequences logprobs top_logprobs logit_bias response_format
          tool_choice toolChoice toolConfig tool_config parallel_tool_calls stream_options
          store metadata service_tier system_fingerprint created created_at completed_at object
          index type role truncation format include previous_response_id background
          max_tool_calls prompt_cache_key safety_identifier verbosity modalities best_of echo
          suffix repetition_penalty min_p min_tokens transforms route models plugins provider
          safetySettings safety_settings guardrailConfig performanceConfig keep_alive context
          done load_duration prompt_eval_duration eval_duration stop_sequence anthropic_version
          betas container mcp_servers x_groq prompt_filter_results createTime warnings schema
          version app api_key usage status text reasoning user app_id cache_discount is_byok
          latency generation_time moderation_latency num_media_prompt num_media_completion
          num_search_results router api_type http_referer user_agent upstream_inference_cost
          origin request_id preset_id data_region finish_reason byok_usage_inference
          native_tokens_completion_images num_input_audio_prompt top_n return_documents
          dimensions encoding_format input_type size quality voice response_id logit strict raw
          dropped_params temperature top_p max_output_tokens frequency_penalty presence_penalty
          prompt_cache_retention tools incomplete_details num_fetches web_search_engine
          workspace_id tokens_prompt tokens_completion native_tokens_prompt
          native_tokens_completion native_tokens_cached native_tokens_reasoning\
          """
              .split("\\s+", -1));

  private UnknownBody() {}

  /** Names the record's unread fields in its log. */
  public static void log(ObjectView owner) {
    fields(owner)
        .fields()
        .keySet()
        .forEach(name -> {
          if (Words.isIdentifier(name)) {
            owner.log().unread(owner.path(name));
          }
        });
  }

  /** One message of the unread fields; null where none can be content. */
  public static @Nullable Content<List<Message>> message(String role, ObjectView body) {
    Map<String, JsonValue> fields = new LinkedHashMap<>(fields(body).fields());
    fields
        .values()
        .removeIf(value ->
            value.isBlank()
                || value instanceof JsonValue.Numeric
                || value instanceof JsonValue.Bool);
    if (fields.isEmpty()) {
      return null;
    }
    fields.keySet().forEach(body::get); // now they are read
    body.log().mended(Corrections.Kind.BODY_UNKNOWN);
    JsonObject rest = new JsonObject(fields);
    return Content.deferred(() -> {
      Part json = new Part.Text(JsonTexts.compact(rest));
      return List.of(new Message(role, null, List.of(json), null));
    });
  }

  private static JsonObject fields(ObjectView owner) {
    return owner.unread().without(KNOWN.toArray(String[]::new));
  }
}
