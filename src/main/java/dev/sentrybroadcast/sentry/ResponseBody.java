package dev.sentrybroadcast.sentry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response. It repeats only what is known beforehand, because a body may come
 * from anybody, and may quote what was sent.
 */
final class ResponseBody {

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

  private ResponseBody() {}

  /** Sentry's reason for a rejection, if it is a known one. */
  static @Nullable String knownReason(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return KNOWN_REASONS.stream().filter(text::contains).findFirst().orElse(null);
  }

  /**
   * {@code partial_success.rejected_spans} of an {@code ExportTraceServiceResponse}. Zero for an
   * empty body, as Relay's are, and for any other body.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1">Partial success</a>
   */
  static long rejectedSpans(byte[] body) {
    // Field 1, a message with a length of one or two bytes. It begins with its field 1, a varint.
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
