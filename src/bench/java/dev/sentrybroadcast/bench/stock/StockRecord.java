package dev.sentrybroadcast.bench.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/** A record as databind binds it; what is not named here is ignored. */
record StockRecord(
    String id,
    String provider,
    @JsonProperty("started_at") String startedAt,
    @JsonProperty("ended_at") String endedAt,
    Request request,
    Response response) {

  Instant start() {
    return Instant.parse(startedAt);
  }

  Instant end() {
    return Instant.parse(endedAt);
  }

  /** What was asked. */
  record Request(
      String model,
      double temperature,
      String user,
      @JsonProperty("session_id") String session,
      List<Message> messages,
      Trace trace) {}

  /** One turn. */
  record Message(String role, String content) {}

  /** What it belongs to. */
  record Trace(
      @JsonProperty("trace_name") String name,
      @JsonProperty("generation_name") String generation,
      String environment,
      String release) {}

  /** What was answered. */
  record Response(String id, String model, List<Choice> choices, Usage usage) {}

  /** One of the answers. */
  record Choice(@JsonProperty("finish_reason") String reason, Message message) {}

  /** What it cost. */
  record Usage(
      @JsonProperty("prompt_tokens") long input,
      @JsonProperty("completion_tokens") long output,
      double cost) {}
}
