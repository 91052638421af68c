package dev.sentrybroadcast.intake.openrouter;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace as OpenRouter's S3 destination writes it, with or without a {@code trace} around it. Each
 * observation with a model becomes a canonical record. The fields are those that the documentation
 * names, and that public programs read.
 *
 * @see <a href="https://openrouter.ai/docs/guides/features/broadcast/s3">S3 destination</a>
 */
public final class OpenRouterTraces implements Dialect {

  private static final JsonValue ASSISTANT = new JsonValue.Text("assistant");

  private final Inner canonical;

  /** {@code canonical} reads the canonical record. */
  public OpenRouterTraces(Inner canonical) {
    this.canonical = canonical;
  }

  @Override
  public boolean recognises(JsonObject record) {
    return observations(record).stream().anyMatch(each -> each.has("model"));
  }

  private static JsonObject trace(JsonObject record) {
    return record.has("observations") ? record : record.object("trace");
  }

  private static List<JsonObject> observations(JsonObject record) {
    return JsonValue.items(trace(record).get("observations")).stream()
        .limit(Limits.RECORDS_OF_MESSAGE)
        .map(JsonObject::of)
        .toList();
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    JsonObject trace = trace(record.json());
    List<JsonObject> observations = observations(record.json());
    List<Decoded> decoded = new ArrayList<>();
    for (int i = 0; i < observations.size(); i++) {
      JsonObject observation = observations.get(i);
      if (observation.has("model")) {
        // Of a trace with one call the prompt and the answer stand at the trace, too.
        JsonObject call =
            observation.over(
                JsonObject.NONE
                    .with("input", trace.get("input"))
                    .with("output", trace.get("output")));
        decoded.addAll(
            canonical.read(
                canonical(trace, call, record.json()),
                record.path("observations[" + i + "]"),
                new Origin(origin.id() + ":" + i, origin.sentEpochNanos())));
      }
    }
    return decoded;
  }

  private static JsonObject canonical(JsonObject trace, JsonObject call, JsonObject record) {
    JsonObject metadata = trace.object("metadata").over(call.object("metadata"));
    return JsonObject.NONE
        .with("schema", "generation/v1")
        .with("id", call.get("id"))
        .with("provider", call.get("providerName"))
        .with("started_at", call.get("startTime"))
        .with("first_token_at", call.get("completionStartTime"))
        .with("ended_at", call.get("endTime"))
        .with("request", request(call))
        .with("response", response(call))
        .with("usage", usage(call))
        .with("cost", cost(call))
        .with("error", error(call))
        .with("user", trace.get("userId"))
        .with("session_id", trace.get("sessionId"))
        .with(
            "trace",
            metadata
                .with("trace_id", trace.get("id"))
                .with("trace_name", trace.get("name"))
                .with("generation_name", call.get("name")))
        .with("api_key_name", trace.get("apiKeyName"))
        .with("destination", record.get("destination"))
        .with("privacy", record.get("privacy"));
  }

  private static JsonObject request(JsonObject call) {
    JsonValue input = call.get("input");
    JsonObject request =
        input instanceof JsonObject body ? body : JsonObject.NONE.with("messages", input);
    return request.over(call.object("modelParameters")).with("model", call.get("model"));
  }

  private static JsonObject response(JsonObject call) {
    JsonValue output = call.get("output");
    JsonObject body = JsonObject.of(output).without("rawRequest");
    JsonObject message =
        JsonObject.NONE
            .with("content", output != null && output.isText() ? output : body.get("completion"))
            .with("reasoning", body.get("reasoning"))
            .with("tool_calls", body.first("toolCalls", "tool_calls"));
    JsonObject choice =
        JsonObject.NONE
            .with("message", message.isEmpty() ? null : message.with("role", ASSISTANT))
            .with("finish_reason", call.first("normalizedFinishReason", "finishReason"));
    return body.has("choices") || choice.isEmpty()
        ? body
        : body.without("completion", "reasoning", "toolCalls", "tool_calls")
            .with("choices", new JsonValue.Array(List.of(choice)));
  }

  private static JsonObject usage(JsonObject call) {
    return JsonObject.NONE
        .with("prompt_tokens", call.get("promptTokens"))
        .with("completion_tokens", call.get("completionTokens"))
        .with("total_tokens", call.get("totalTokens"));
  }

  private static JsonObject cost(JsonObject call) {
    return JsonObject.NONE
        .with("total", call.get("totalCost"))
        .with("input", call.get("inputCost"))
        .with("output", call.get("outputCost"));
  }

  private static @Nullable JsonValue error(JsonObject call) {
    return "ERROR".equals(call.text("level"))
        ? JsonObject.NONE.with("message", call.get("statusMessage"))
        : null;
  }
}
