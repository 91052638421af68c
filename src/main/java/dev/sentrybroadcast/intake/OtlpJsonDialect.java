package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Routing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's JSON encoding of a trace export request: OpenRouter's Webhook, any SDK, any Collector. One
 * result for each trace in it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON encoding</a>
 */
final class OtlpJsonDialect implements Dialect {

  /** OpenRouter tests a connection with one span, always of this trace. */
  private static final String CONNECTION_TEST_TRACE = "00000000000000000000000000000001";

  /** So many unreadable spans are named; they fail the message in any case. */
  private static final int FAULTS = 10;

  private static final String CONNECTION_TEST = "openrouter-connection-test";

  @Override
  public boolean recognises(JsonValue.Members record) {
    return record.fields().containsKey("resourceSpans");
  }

  @Override
  public List<Decoded> read(Fields record, Origin origin) {
    JsonValue resourceSpans = record.get("resourceSpans");
    if (resourceSpans != null && !resourceSpans.isElements()) {
      return List.of(new Decoded.Malformed(record.path("resourceSpans"), "an array"));
    }
    Map<String, Traced> traces = new LinkedHashMap<>();
    List<Decoded> decoded = new ArrayList<>();
    int count = 0;
    for (Fields resource : record.objects("resourceSpans", Limits.SPANS)) {
      OtlpResource shared = OtlpResource.read(resource.object("resource"));
      for (Fields scope : resource.objects(scopes(resource), Limits.SPANS)) {
        for (Fields span : scope.objects("spans", Limits.SPANS + 1)) {
          if (++count > Limits.SPANS) {
            return List.of(
                new Decoded.Malformed(
                    record.path("resourceSpans"), "at most " + Limits.SPANS + " spans"));
          }
          Decoded.Malformed fault = add(span, shared, origin, traces);
          if (fault != null && decoded.size() < FAULTS) {
            decoded.add(fault);
          }
        }
      }
    }
    // Which project: the default one, for the body is an exporter's, with nothing of ours in it.
    Routing routing = new Routing(List.of(), RoutingReader.privacyMode(record));
    Corrections corrections = record.log().corrections();
    for (Map.Entry<String, Traced> traced : traces.entrySet()) {
      decoded.add(traced.getValue().decoded(traced.getKey(), routing, corrections));
      corrections = Corrections.NONE; // they are the message's, and counted once
    }
    if (decoded.isEmpty()) {
      decoded.add(new Decoded.Ignored("an export without spans"));
    }
    return decoded;
  }

  /** The name until OTLP 0.15; SDKs of that age are still about. */
  private static String scopes(Fields resource) {
    return resource.has("scopeSpans") ? "scopeSpans" : "instrumentationLibrarySpans";
  }

  private static Decoded.@Nullable Malformed add(
      Fields span, OtlpResource resource, Origin origin, Map<String, Traced> traces) {
    String traceId = OtlpIds.hex(span.get("traceId"), OtlpIds.TRACE_BYTES);
    if (traceId == null) {
      return new Decoded.Malformed(span.path("traceId"), OtlpIds.expected(OtlpIds.TRACE_BYTES));
    }
    String spanId = OtlpIds.hex(span.get("spanId"), OtlpIds.SPAN_BYTES);
    if (spanId == null) {
      return new Decoded.Malformed(span.path("spanId"), OtlpIds.expected(OtlpIds.SPAN_BYTES));
    }
    String parent = null;
    JsonValue given = span.get("parentSpanId");
    String text = JsonValue.text(given);
    if (given != null && (text == null || !text.isEmpty())) {
      parent = OtlpIds.hex(given, OtlpIds.SPAN_BYTES);
      if (parent == null && !OtlpIds.isZero(text)) {
        return new Decoded.Malformed(
            span.path("parentSpanId"), OtlpIds.expected(OtlpIds.SPAN_BYTES));
      }
    }
    OtlpAttributes attributes = OtlpAttributes.read(span);
    traces
        .computeIfAbsent(traceId, _ -> new Traced())
        .add(
            resource,
            attributes,
            OtlpSpans.read(span, spanId, parent, attributes, resource, origin),
            span.log());
    return null;
  }

  /** What is gathered of one trace. */
  private static final class Traced {

    private final Map<String, RecordedSpan> spans = new LinkedHashMap<>();
    private @Nullable String user;
    private @Nullable String session;
    private @Nullable String apiKeyName;
    private @Nullable String appName;
    private @Nullable String environment;
    private @Nullable String release;

    /** Of two spans with one id Sentry keeps the later, so that is the one. */
    void add(
        OtlpResource resource, OtlpAttributes attributes, RecordedSpan span, CorrectionLog log) {
      if (span.spanId() != null && spans.put(span.spanId(), span) != null) {
        log.mended(Corrections.Kind.DUPLICATE_SPAN_ID);
      }
      user = or(user, attributes.text("user.id"));
      session = or(session, attributes.text("gen_ai.conversation.id"));
      session = or(session, attributes.text("session.id"));
      apiKeyName = or(apiKeyName, attributes.text("trace.metadata.openrouter.api_key_name"));
      appName = or(appName, attributes.text("trace.metadata.openrouter_generation.app.title"));
      environment = or(environment, attributes.text("trace.metadata.environment"));
      environment = or(environment, attributes.text("sentry.environment"));
      environment = or(environment, resource.environment());
      release = or(release, attributes.text("trace.metadata.release"));
      release = or(release, attributes.text("sentry.release"));
    }

    Decoded decoded(String traceId, Routing routing, Corrections corrections) {
      if (isConnectionTest(traceId)) {
        return new Decoded.Ignored("a connection test of OpenRouter");
      }
      return new Decoded.Valid(
          new RecordedTrace(
              traceId,
              routing,
              new Caller(user, session, apiKeyName, appName),
              traceId,
              environment,
              release,
              List.copyOf(spans.values()),
              corrections));
    }

    private boolean isConnectionTest(String traceId) {
      if (!traceId.equals(CONNECTION_TEST_TRACE)) {
        return false;
      }
      for (RecordedSpan span : spans.values()) {
        if (!span.name().equals(CONNECTION_TEST)) {
          return false;
        }
      }
      return true;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
      return first != null ? first : second;
    }
  }
}
