package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * What the spans of a recorded trace have in common, made once for the trace. Their producer wrote
 * it once, too: copied to 2,000 spans, a text of 1,000 characters would make them too large for one
 * request, so that they could never be sent.
 *
 * @param least what every span carries: Sentry makes conversations of it
 * @param more what spans carry as long as there is room
 */
record RecordedCommon(AttributeList least, AttributeList more) {

  /** Of what all spans take without content; with the content that is left then it is 3.25 MiB. */
  private static final long MOST_BYTES = 3 * 1024 * 1024;

  /** Of the name and its length. */
  private static final long SERVICE_BYTES = 50;

  private static final AttributeKey<String> SERVICE_NAME =
      AttributeKey.stringKey("trace.metadata.service.name");
  private static final AttributeKey<String> SERVICE_VERSION =
      AttributeKey.stringKey("trace.metadata.service.version");

  static RecordedCommon of(RecordedTrace trace) {
    Caller caller = trace.caller();
    AttributeList.Builder least = new AttributeList.Builder();
    GenerationAttributes.text(least, SpanAttributes.SENTRY_ORIGIN, CommonAttributes.ORIGIN);
    AttributeList.Builder more = new AttributeList.Builder();
    GenerationAttributes.text(more, SpanAttributes.SENTRY_ENVIRONMENT, trace.environment());
    GenerationAttributes.text(more, SpanAttributes.SENTRY_RELEASE, trace.release());
    GenerationAttributes.text(more, SpanAttributes.USER_ID, caller.user());
    String session = caller.sessionId();
    if (session != null && !session.isBlank()) {
      GenerationAttributes.text(more, SpanAttributes.SESSION_ID, session);
      GenerationAttributes.text(
          least, SpanAttributes.CONVERSATION_ID, CommonAttributes.conversationId(session));
    }
    GenerationAttributes.text(more, SpanAttributes.API_KEY_NAME, caller.apiKeyName());
    GenerationAttributes.text(more, SpanAttributes.APP_NAME, caller.appName());
    if (SpanIds.isTextTraceId(trace.traceId())) {
      GenerationAttributes.text(more, CommonAttributes.metadataKey("trace_id"), trace.traceId());
    }
    return new RecordedCommon(least.build(), more.build());
  }

  /** Does the attribute stand on a span by our own rules, not by its producer's? */
  static boolean isOwn(String key) {
    return switch (key) {
      case "sentry.origin",
          "sentry.environment",
          "sentry.release",
          "user.id",
          "session.id",
          "gen_ai.conversation.id",
          "trace.metadata.service.name",
          "trace.metadata.service.version" ->
          true;
      default -> false;
    };
  }

  /**
   * Adds what there is room for, in the order of the spans.
   *
   * @param bytes that the spans take without it and without content
   * @return how many they take with it
   */
  long addTo(List<AttributeList.Builder> attributes, List<RecordedSpan> spans, long bytes) {
    long taken = bytes;
    for (int i = 0; i < spans.size(); i++) {
      String service = service(SERVICE_NAME, spans.get(i));
      String version = service(SERVICE_VERSION, spans.get(i));
      long wanted = more.bytes() + 2 * SERVICE_BYTES + Utf8.bytes(service) + Utf8.bytes(version);
      if (taken + wanted <= MOST_BYTES) {
        AttributeList.Builder to = attributes.get(i).putAll(more);
        put(to, SERVICE_NAME, service);
        put(to, SERVICE_VERSION, version);
        taken += wanted;
      }
    }
    return taken;
  }

  /** Of the span's resource: spans of one trace may come from several. */
  private static String service(AttributeKey<String> key, RecordedSpan span) {
    String text = RecordedNames.text(span.attributes().get(key.getKey()));
    return text == null ? "" : text;
  }

  private static void put(AttributeList.Builder to, AttributeKey<String> key, String service) {
    if (!service.isEmpty()) {
      to.put(key, SpanText.attribute(service, CommonAttributes.METADATA_VALUE_CHARACTERS));
    }
  }
}
