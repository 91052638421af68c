package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.body.Failures;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import dev.sentrybroadcast.intake.record.Costs;
import dev.sentrybroadcast.intake.record.Routings;
import dev.sentrybroadcast.intake.record.Timings;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A LiteLLM record, and what is read alike of model calls and of tools. */
record LiteLlmRecord(
    ObjectView record, ObjectView response, ObjectView metadata, ObjectView parameters) {

  /** What LiteLLM writes in place of content. */
  private static final String REDACTED = "redacted-by-litellm";

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
}
