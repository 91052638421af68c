package dev.sentrybroadcast.genai;

import static dev.sentrybroadcast.genai.SpanAttributes.AGENT_NAME;
import static dev.sentrybroadcast.genai.SpanAttributes.CONVERSATION_ID;
import static dev.sentrybroadcast.genai.SpanAttributes.METADATA_PREFIX;
import static dev.sentrybroadcast.genai.SpanAttributes.SENTRY_ENVIRONMENT;
import static dev.sentrybroadcast.genai.SpanAttributes.SENTRY_ORIGIN;
import static dev.sentrybroadcast.genai.SpanAttributes.SENTRY_RELEASE;
import static dev.sentrybroadcast.genai.SpanAttributes.SESSION_ID;
import static dev.sentrybroadcast.genai.SpanAttributes.USER_ID;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every span of a record carries, computed once for the record.
 *
 * @param identity all but the metadata
 * @param all identity and metadata
 * @param identityCharacters about how long identity is, names and values
 * @param metadataCharacters about how long the metadata is, names and values
 */
record CommonAttributes(
    AttributeList identity, AttributeList all, int identityCharacters, int metadataCharacters) {

  static final String ORIGIN = "auto.ai.sentry_broadcast";
  static final int METADATA_KEYS = 64;
  static final int METADATA_KEY_CHARACTERS = 200;
  static final int METADATA_VALUE_CHARACTERS = 4_096;

  private static final int CONVERSATION_ID_CHARACTERS = 128;

  static CommonAttributes of(Generation generation) {
    Trace trace = generation.trace();
    Measured identity = new Measured();
    identity.put(SENTRY_ORIGIN, ORIGIN);
    identity.put(SENTRY_ENVIRONMENT, trace.environment());
    identity.put(SENTRY_RELEASE, trace.release());
    caller(identity, generation.caller());
    identity.put(AGENT_NAME, agentName(trace));
    AttributeList withoutMetadata = identity.attributes.build();

    Measured metadata =
        new Measured(new AttributeList.Builder(withoutMetadata, trace.metadata().size() + 2));
    if (SpanIds.isTextTraceId(trace.traceId())) {
      metadata.put(metadataKey("trace_id"), trace.traceId());
    }
    if (SpanIds.parentSpanId(trace) == null) {
      metadata.put(metadataKey("parent_span_id"), trace.parentSpanId());
    }
    int keys = 0;
    for (Map.Entry<String, Scalar> entry : trace.metadata().entrySet()) {
      if (!entry.getKey().isBlank()) {
        if (++keys > METADATA_KEYS) {
          break;
        }
        metadata.putScalar(entry.getKey(), entry.getValue());
      }
    }
    // Only names that the producer chose can meet.
    AttributeList all =
        keys == 0 ? metadata.attributes.build() : metadata.attributes.buildDistinct();
    return new CommonAttributes(withoutMetadata, all, identity.characters, metadata.characters);
  }

  private static void caller(Measured identity, Caller caller) {
    identity.put(USER_ID, caller.user());
    String session = caller.sessionId();
    if (session != null && !session.isBlank()) {
      identity.put(SESSION_ID, session);
      identity.put(CONVERSATION_ID, conversationId(session));
    }
  }

  static String conversationId(String session) {
    return isConversationId(session) ? session : SpanIds.fullHash(session);
  }

  /** {@code agent_name}, else {@code trace_name}; null when neither is given. */
  static @Nullable String agentName(Trace trace) {
    return SpanText.isBlank(trace.agentName()) ? trace.traceName() : trace.agentName();
  }

  /**
   * Sentry puts the id into the path of a URL; anything else breaks its Conversations page
   * (https://docs.sentry.io/product/agents/conversations/).
   */
  private static boolean isConversationId(String text) {
    if (text.length() > CONVERSATION_ID_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  static AttributeKey<String> metadataKey(String key) {
    return AttributeKey.stringKey(METADATA_PREFIX.concat(key));
  }

  /** Attributes as they are put, and how long they are. */
  private static final class Measured {

    private final AttributeList.Builder attributes;
    private int characters;

    Measured() {
      this(new AttributeList.Builder());
    }

    Measured(AttributeList.Builder attributes) {
      this.attributes = attributes;
    }

    void put(AttributeKey<String> key, @Nullable String value) {
      put(key, value, SpanText.ATTRIBUTE_CHARACTERS);
    }

    private void put(AttributeKey<String> key, @Nullable String value, int limit) {
      if (value != null && !value.isBlank()) {
        String clean = SpanText.attribute(value, limit);
        attributes.put(key, clean);
        characters += key.getKey().length() + clean.length();
      }
    }

    void putScalar(String name, Scalar value) {
      String key = METADATA_PREFIX.concat(SpanText.line(name, METADATA_KEY_CHARACTERS));
      switch (value) {
        case Scalar.Text(String text) ->
            put(AttributeKey.stringKey(key), text, METADATA_VALUE_CHARACTERS);
        case Scalar.Whole(long number) -> attributes.put(AttributeKey.longKey(key), number);
        case Scalar.Decimal(double number) -> {
          if (Double.isFinite(number)) {
            attributes.put(AttributeKey.doubleKey(key), number);
          }
        }
        case Scalar.Flag(boolean flag) -> attributes.put(AttributeKey.booleanKey(key), flag);
      }
      characters += key.length();
    }
  }
}
