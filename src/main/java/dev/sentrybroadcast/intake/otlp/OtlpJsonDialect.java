package dev.sentrybroadcast.intake.otlp;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Routing;
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
import java.util.Objects;
import java.util.function.Function;
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

  @Override
  public boolean recognises(JsonObject record) {
    return record.fields().containsKey("resourceSpans");
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    try {
      return decoded(record, origin);
    } catch (UnreadableExportException e) {
      return List.of(e.fault());
    }
  }

  private static List<Decoded> decoded(ObjectView record, Origin origin) {
    List<Decoded> decoded = new ArrayList<>();
    Map<String, ReadSpan> spans = new LinkedHashMap<>();
    int count = 0;
    for (ObjectView resource : objects(record, "resourceSpans")) {
      OtlpSpan.Resource shared = OtlpSpan.Resource.read(resource.object("resource"));
      for (ObjectView scope : objects(resource, scopes(resource))) {
        String scopeName = scope.json().object("scope").text("name");
        for (ObjectView span : objects(scope, "spans")) {
          if (++count > Limits.SPANS) {
            throw tooMany(record.path("resourceSpans"), "spans");
          }
          OtlpIds ids = OtlpIds.of(span);
          if (ids == null) {
            if (decoded.size() < FAULTS) {
              decoded.add(OtlpIds.fault(span));
            }
            continue;
          }
          ReadSpan read =
              new SpanReader(OtlpSpan.read(span, scopeName == null ? "" : scopeName))
                  .read(ids, shared, origin);
          // Of two spans with one id Sentry keeps the later one.
          if (spans.put(ids.trace() + ids.span(), read) != null) {
            record.log().mended(Corrections.Kind.DUPLICATE_SPAN_ID);
          }
        }
      }
    }
    // To the default destination: the body is an exporter's and cannot name one.
    Routing routing = new Routing(List.of(), Routings.privacyMode(record));
    Corrections corrections = record.log().corrections();
    Map<String, List<ReadSpan>> traces =
        SameCalls.once(List.copyOf(spans.values())).stream()
            .collect(groupingBy(ReadSpan::traceId, LinkedHashMap::new, toList()));
    for (List<ReadSpan> trace : traces.values()) {
      decoded.add(decoded(trace, routing, corrections));
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

  /** The objects of a list on the way to the spans, where nothing may be left out. */
  private static List<ObjectView> objects(ObjectView owner, String field) {
    JsonValue list = owner.get(field);
    if (list != null && !list.isArray()) {
      throw new UnreadableExportException(owner.path(field), "an array");
    }
    List<JsonValue> items = JsonValue.items(list);
    if (items.size() > Limits.SPANS) {
      throw tooMany(owner.path(field), field);
    }
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).isObject()) {
        throw new UnreadableExportException(owner.path(field + "[" + i + "]"), "an object");
      }
    }
    return owner.objects(field, Limits.SPANS);
  }

  private static UnreadableExportException tooMany(String path, String what) {
    return new UnreadableExportException(path, "at most " + Limits.SPANS + " " + what);
  }

  private static Decoded decoded(List<ReadSpan> spans, Routing routing, Corrections corrections) {
    String traceId = spans.getFirst().traceId();
    if (traceId.equals(CONNECTION_TEST_TRACE)
        && spans.stream().allMatch(span -> span.scope().equals("openrouter"))) {
      return new Decoded.Ignored("a connection test of OpenRouter");
    }
    return new Decoded.Valid(
        new RecordedTrace(
            traceId,
            routing,
            new Caller(
                first(spans, span -> span.caller().user()),
                first(spans, span -> span.caller().sessionId()),
                first(spans, span -> span.caller().apiKeyName()),
                first(spans, span -> span.caller().appName())),
            traceId,
            first(spans, ReadSpan::environment),
            first(spans, ReadSpan::release),
            spans.stream().map(ReadSpan::span).toList(),
            corrections));
  }

  private static @Nullable String first(
      List<ReadSpan> spans, Function<ReadSpan, @Nullable String> value) {
    return spans.stream().map(value).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
