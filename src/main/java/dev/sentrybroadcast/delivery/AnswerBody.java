package dev.sentrybroadcast.delivery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read from the body of an answer. Only what is known beforehand is ever repeated: a
 * body may come from anybody, and may quote what we sent.
 */
final class AnswerBody {

  /** From Relay's {@code DiscardReason} and {@code BadEventMeta}. */
  private static final List<String> KNOWN_REASONS =
      List.of(
          "ProjectId",
          "Cors",
          "MissingSignature",
          "InvalidSignature",
          "FeatureDisabled",
          "missing authorization information",
          "multiple authorization payloads",
          "unsupported protocol version");

  private final byte[] body;

  AnswerBody(byte[] body) {
    this.body = body;
  }

  /** Sentry's reason for a refusal, if it is one we know. */
  @Nullable String knownReason() {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (String reason : KNOWN_REASONS) {
      if (text.contains(reason)) {
        return reason;
      }
    }
    return null;
  }

  /**
   * {@code partial_success.rejected_spans} of an {@code ExportTraceServiceResponse}; zero for an
   * empty answer, as Relay's are, and for what is not one.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1">Partial success</a>
   */
  long rejectedSpans() {
    // Field 1, a message, of a length that one byte tells or two; in it field 1, a varint, first.
    if (body.length < 4 || body[0] != 0x0A) {
      return 0;
    }
    int position = body[1] < 0 ? 3 : 2;
    if (body[position] != 0x08) {
      return 0;
    }
    long value = 0;
    for (int i = position + 1, shift = 0; i < body.length && shift < 63; i++, shift += 7) {
      value |= (long) (body[i] & 0x7F) << shift;
      if (body[i] >= 0) {
        return value;
      }
    }
    return 0;
  }
}
