package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of a generation have in common.
 *
 * @param identity on every span
 * @param metadata the keys of {@code trace} that are not reserved
 */
record CommonAttributes(Attributes identity, Attributes metadata) {

  static final String ORIGIN = "auto.ai.sentry_broadcast";

  // Sentry cuts events in the same way.
  static final int ENVIRONMENT_CHARACTERS = 64;
  private static final int RELEASE_CHARACTERS = 250;

  static final int METADATA_KEYS = 64;
  static final int METADATA_KEY_CHARACTERS = 200;
  static final int METADATA_VALUE_CHARACTERS = 4_096;

  /**
   * Sentry puts the id into the path of a URL; other characters break its Conversations page
   * (https://docs.sentry.io/product/agents/conversations/).
   */
  private static final Pattern CONVERSATION_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  static CommonAttributes of(Generation generation) {
    Trace trace = generation.trace();
    Attributes identity =
        of(trace.environment(), trace.release(), generation.caller())
            .text(SpanAttributes.SENTRY_ORIGIN, ORIGIN)
            .text(SpanAttributes.AGENT_NAME, agentName(trace))
            .build();
    return new CommonAttributes(identity, metadata(trace));
  }

  static SizedAttributes of(@Nullable String environment, @Nullable String release, Caller caller) {
    return new SizedAttributes()
        .text(SpanAttributes.SENTRY_ENVIRONMENT, environment, ENVIRONMENT_CHARACTERS)
        .text(SpanAttributes.SENTRY_RELEASE, release, RELEASE_CHARACTERS)
        .text(SpanAttributes.USER_ID, caller.user())
        .text(SpanAttributes.SESSION_ID, caller.sessionId());
  }

  /** The session id where Sentry can use it, else the SHA-256 of its whole text in hex. */
  static @Nullable String conversationId(@Nullable String session) {
    if (session == null || session.isBlank()) {
      return null;
    }
    return CONVERSATION_ID.matcher(session).matches() ? session : SpanIds.sha256(session);
  }

  /** {@code agent_name}, else {@code trace_name}; null when neither is given. */
  static @Nullable String agentName(Trace trace) {
    return SpanText.isBlank(trace.agentName()) ? trace.traceName() : trace.agentName();
  }

  static AttributeKey<String> metadataKey(String key) {
    return AttributeKey.stringKey(SpanAttributes.METADATA_PREFIX + key);
  }

  private static Attributes metadata(Trace trace) {
    SizedAttributes metadata =
        new SizedAttributes().text(metadataKey("trace_id"), SpanIds.textTraceId(trace.traceId()));
    if (SpanIds.parentSpanId(trace) == null) {
      metadata.text(metadataKey("parent_span_id"), trace.parentSpanId());
    }
    trace.metadata().entrySet().stream()
        .filter(entry -> !entry.getKey().isBlank())
        .limit(METADATA_KEYS)
        .forEach(entry -> {
          String key = SpanText.line(entry.getKey(), METADATA_KEY_CHARACTERS);
          scalar(metadata, SpanAttributes.METADATA_PREFIX + key, entry.getValue());
        });
    return metadata.build();
  }

  /** A value under a producer's own name. */
  static void scalar(SizedAttributes to, String name, @Nullable Scalar value) {
    switch (value) {
      case Scalar.Text(String text) ->
          to.text(AttributeKey.stringKey(name), text, METADATA_VALUE_CHARACTERS);
      case Scalar.Whole(long number) -> to.put(AttributeKey.longKey(name), number);
      case Scalar.Decimal(double number) -> to.put(AttributeKey.doubleKey(name), number);
      case Scalar.Flag(boolean flag) -> to.put(AttributeKey.booleanKey(name), flag);
      case null -> {}
    }
  }
}
