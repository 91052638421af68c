package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedTrace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decodes in one line, for tests. */
final class Decoding {

  static final long SENT_MILLIS = 1_795_176_002_400L;
  static final String MESSAGE_ID = "11111111-2222-3333-4444-555555555555";

  private Decoding() {}

  static List<Decoded> decode(String body) {
    return new RecordDecoder()
        .decode(new QueuedMessage(MESSAGE_ID, body, SENT_MILLIS, "receipt", null));
  }

  static Decoded one(String body) {
    List<Decoded> decoded = decode(body);
    assertThat(decoded).hasSize(1);
    return decoded.getFirst();
  }

  static Generation valid(String body) {
    return switch (one(body)) {
      case Decoded.Valid(Generation generation) -> generation;
      case Decoded.Valid(RecordedTrace _) -> throw new AssertionError("spans");
      case Decoded.Malformed malformed -> throw new AssertionError(malformed.reason());
      case Decoded.Ignored(String what) -> throw new AssertionError(what);
      case Decoded.Stored _ -> throw new AssertionError("an object");
      case Decoded.Unavailable(String cause) -> throw new AssertionError(cause);
    };
  }

  static String reason(String body) {
    return switch (one(body)) {
      case Decoded.Valid _ -> "valid";
      case Decoded.Malformed malformed -> malformed.reason();
      case Decoded.Ignored(String what) -> "ignored: " + what;
      case Decoded.Stored _ -> "in an object";
      case Decoded.Unavailable(String cause) -> "unavailable: " + cause;
    };
  }

  static <T> T revealed(@Nullable Content<T> content) {
    return Objects.requireNonNull(
        Objects.requireNonNull(content, "no content").reveal(PrivacyMode.OFF));
  }

  /** A canonical record with the fields put into its top, request and response. */
  static String record(String top, String request, String response) {
    return "{\"schema\":\"generation/v1\",\"id\":\"gen-1\",\"ended_at\":1795176000"
        + (top.isEmpty() ? "" : "," + top)
        + ",\"request\":{\"model\":\"openai/gpt-4o\""
        + (request.isEmpty() ? "" : "," + request)
        + "}"
        + (response.isEmpty() ? "" : ",\"response\":{" + response + "}")
        + "}";
  }
}
