package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.RecordedTrace;
import io.opentelemetry.api.common.Attributes;
import java.util.Set;

/**
 * What the spans of a recorded trace have in common. A producer may write it once for a whole
 * trace: copied to 2,000 spans, a text of 1,000 characters would make them too large for one
 * request.
 *
 * @param least on every span: Sentry makes conversations of it
 * @param more on spans as long as there is room
 */
record RecordedCommon(Attributes least, Attributes more) {

  /** Limit for all spans without content; together with the content left then, 3.25 MiB. */
  private static final long MOST_BYTES = 3 * 1024 * 1024;

  private static final String SERVICE_NAME = "trace.metadata.service.name";
  private static final String SERVICE_VERSION = "trace.metadata.service.version";

  private static final Set<String> OWN =
      Set.of(
          SpanAttributes.SENTRY_ORIGIN.getKey(),
          SpanAttributes.SENTRY_ENVIRONMENT.getKey(),
          SpanAttributes.SENTRY_RELEASE.getKey(),
          SpanAttributes.USER_ID.getKey(),
          SpanAttributes.SESSION_ID.getKey(),
          SpanAttributes.CONVERSATION_ID.getKey(),
          SERVICE_NAME,
          SERVICE_VERSION);

  static RecordedCommon of(RecordedTrace trace) {
    Caller caller = trace.caller();
    SizedAttributes least =
        new SizedAttributes()
            .text(SpanAttributes.SENTRY_ORIGIN, CommonAttributes.ORIGIN)
            .text(
                SpanAttributes.CONVERSATION_ID,
                CommonAttributes.conversationId(caller.sessionId()));
    SizedAttributes more =
        new SizedAttributes()
            .text(SpanAttributes.SENTRY_ENVIRONMENT, trace.environment())
            .text(SpanAttributes.SENTRY_RELEASE, trace.release())
            .text(SpanAttributes.USER_ID, caller.user())
            .text(SpanAttributes.SESSION_ID, caller.sessionId())
            .text(SpanAttributes.API_KEY_NAME, caller.apiKeyName())
            .text(SpanAttributes.APP_NAME, caller.appName());
    if (SpanIds.isTextTraceId(trace.traceId())) {
      more.text(CommonAttributes.metadataKey("trace_id"), trace.traceId());
    }
    return new RecordedCommon(least.build(), more.build());
  }

  /** Whether this class puts the attribute, whatever the producer put there. */
  static boolean isOwn(String key) {
    return OWN.contains(key);
  }

  /** The rest, and the service of the span's resource, where {@code taken} bytes leave room. */
  Attributes moreFor(RecordedValues values, long taken) {
    SizedAttributes wanted = new SizedAttributes().putAll(more);
    for (String key : new String[] {SERVICE_NAME, SERVICE_VERSION}) {
      CommonAttributes.scalar(wanted, key, values.rest.get(key));
    }
    return taken + wanted.bytes() <= MOST_BYTES ? wanted.build() : Attributes.empty();
  }
}
