package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a generation ended. */
final class OutcomeReader {

  private OutcomeReader() {}

  static Outcome read(Fields record, Fields request, Fields response) {
    List<Fields> choices = choices(response);
    String status = status(response);
    Boolean cancelledFlag = record.flag("cancelled");
    boolean cancelled = Boolean.TRUE.equals(cancelledFlag) || "cancelled".equals(status);
    Boolean streamed = record.flag("streamed");
    String responseId = record.text("upstream_id");
    return new Outcome(
        responseId == null ? response.text("id") : responseId,
        cancelled ? List.of() : finishReasons(response, choices, status),
        nativeFinishReason(record, response, choices),
        streamed == null ? request.flag("stream") : streamed,
        cancelled,
        failure(record, response, choices, status));
  }

  static List<Fields> choices(Fields response) {
    return response.objects("choices", Limits.FINISH_REASONS);
  }

  private static List<String> finishReasons(
      Fields response, List<Fields> choices, @Nullable String status) {
    List<String> reasons = new ArrayList<>(1);
    for (Fields choice : choices) {
      String reason = choice.word("finish_reason");
      if (reason != null) {
        reasons.add(reason);
      }
    }
    if (reasons.isEmpty()) {
      String reason = finishReason(response, status);
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  /** Of a response that has but one: Anthropic's, OpenAI's Responses, OpenRouter's generation. */
  static @Nullable String finishReason(Fields response, @Nullable String status) {
    String reason = response.word("stop_reason");
    if (reason == null) {
      reason = response.word("finish_reason");
    }
    if (reason == null && status != null) {
      reason =
          switch (status) {
            case "completed", "failed" -> status;
            case "incomplete" -> {
              String why = response.objectIfAny("incomplete_details").word("reason");
              yield why == null ? status : why;
            }
            default -> null;
          };
    }
    return reason;
  }

  /** The status of OpenAI's Responses; other bodies' {@code status} is something else. */
  static @Nullable String status(Fields response) {
    JsonValue status = response.get("status");
    return status != null && status.isText() ? response.text("status") : null;
  }

  private static @Nullable String nativeFinishReason(
      Fields record, Fields response, List<Fields> choices) {
    for (Fields choice : choices) {
      String reason = choice.word("native_finish_reason");
      if (reason != null) {
        return reason;
      }
    }
    String reason = record.word("native_finish_reason");
    return reason != null ? reason : response.word("native_finish_reason");
  }

  /** The record's own word first, then the response's, then a choice's. */
  private static @Nullable Failure failure(
      Fields record, Fields response, List<Fields> choices, @Nullable String status) {
    Integer httpStatus = FailureReader.status(record);
    Integer failed = httpStatus != null && httpStatus >= 400 ? httpStatus : null;
    Failure failure = FailureReader.read(record, failed);
    if (failure == null && record != response) {
      failure = FailureReader.read(response, failed);
    }
    for (Fields choice : choices) {
      failure = failure == null ? FailureReader.read(choice, failed) : failure;
    }
    if (failure == null) {
      failure = FailureReader.ofStatus(failed);
    }
    return failure == null && "failed".equals(status) ? FailureReader.unnamed() : failure;
  }
}
