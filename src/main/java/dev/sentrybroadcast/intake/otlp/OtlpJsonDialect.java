package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.intake.CorrectionLog;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.record.Routings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's JSON encoding of a trace export request, as OpenRouter's Webhook, SDKs and Collectors send
 * it. One result for each trace in it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON encoding</a>
 */
public final class OtlpJsonDialect implements Dialect {

  /** OpenRouter's connection test is one span of this trace. */
  private static final String CONNECTION_TEST_TRACE = "00000000000000000000000000000001";

  /** So many malformed spans are named. */
  private static final int FAULTS = 10;

  private static final String CONNECTION_TEST = "openrouter-connection-test";

  @Override
  public boolean recognises(JsonObject record) {
    return record.fields().containsKey("resourceSpans");
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    JsonValue resourceSpans = record.get("resourceSpans");
    if (resourceSpans != null && !resourceSpans.isArray()) {
      return List.of(new Decoded.Malformed(record.path("resourceSpans"), "an array"));
    }
    Map<String, Traced> traces = new LinkedHashMap<>();
    List<Decoded> decoded = new ArrayList<>();
    int count = 0;
    for (ObjectView resource : record.objects("resourceSpans", Limits.SPANS)) {
      OtlpResource shared = OtlpResource.read(resource.object("resource"));
      for (ObjectView scope : resource.objects(scopes(resource), Limits.SPANS)) {
        String scopeName = scope.json().object("scope").text("name");
        for (ObjectView span : scope.objects("spans", Limits.SPANS + 1)) {
          if (++count > Limits.SPANS) {
            return List.of(
                new Decoded.Malformed(
                    record.path("resourceSpans"), "at most " + Limits.SPANS + " spans"));
          }
          Decoded.Malformed fault = add(span, scopeName, shared, origin, traces);
          if (fault != null && decoded.size() < FAULTS) {
            decoded.add(fault);
          }
        }
      }
    }
    // To the default destination: the body is an exporter's and cannot name one.
    Routing routing = new Routing(List.of(), Routings.privacyMode(record));
    Corrections corrections = record.log().corrections();
    for (Map.Entry<String, Traced> traced : traces.entrySet()) {
      decoded.add(traced.getValue().decoded(traced.getKey(), routing, corrections));
      corrections = Corrections.NONE; // of the whole message, and counted once
    }
    if (decoded.isEmpty()) {
      decoded.add(new Decoded.Ignored("an export without spans"));
    }
    return decoded;
  }

  /** The second name is of OTLP before 0.15. */
  private static String scopes(ObjectView resource) {
    return resource.has("scopeSpans") ? "scopeSpans" : "instrumentationLibrarySpans";
  }

  private static Decoded.@Nullable Malformed add(
      ObjectView span,
      @Nullable String scope,
      OtlpResource resource,
      Origin origin,
      Map<String, Traced> traces) {
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
    OtlpSpan sent = new OtlpSpan(span, scope, OtlpAttributes.read(span));
    SpanValues values = Vocabularies.read(sent);
    traces
        .computeIfAbsent(traceId, _ -> new Traced())
        .add(
            resource,
            values,
            OtlpSpans.read(sent, spanId, parent, values, resource, origin),
            span.log());
    return null;
  }

  /** The spans of one trace, and what the first of them says of all. */
  private static final class Traced {

    private final Map<String, RecordedSpan> spans = new LinkedHashMap<>();
    private Caller caller = new Caller(null, null, null, null);
    private @Nullable String environment;
    private @Nullable String release;

    /** Of two spans with one id Sentry keeps the later one. */
    void add(OtlpResource resource, SpanValues values, RecordedSpan span, CorrectionLog log) {
      if (span.spanId() != null && spans.put(span.spanId(), span) != null) {
        log.mended(Corrections.Kind.DUPLICATE_SPAN_ID);
      }
      Caller own = values.caller();
      caller =
          new Caller(
              or(caller.user(), own.user()),
              or(caller.sessionId(), own.sessionId()),
              or(caller.apiKeyName(), own.apiKeyName()),
              or(caller.appName(), own.appName()));
      environment = or(or(environment, values.environment()), resource.environment());
      release = or(release, values.release());
    }

    Decoded decoded(String traceId, Routing routing, Corrections corrections) {
      if (isConnectionTest(traceId)) {
        return new Decoded.Ignored("a connection test of OpenRouter");
      }
      return new Decoded.Valid(
          new RecordedTrace(
              traceId,
              routing,
              caller,
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
      return spans.values().stream().allMatch(span -> span.name().equals(CONNECTION_TEST));
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
      return first != null ? first : second;
    }
  }
}
