package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.genai.redaction.Redactor;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Maps generations and recorded traces to spans. Thread-safe. */
public final class GenerationSpans {

  private static final String SCOPE_NAME = "sentry-broadcast";
  private static final int MOST_KEPT = 64;

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final ConcurrentMap<String, Resource> environments = new ConcurrentHashMap<>();
  private final ConcurrentMap<Redaction, Redactor> redactors = new ConcurrentHashMap<>();

  /**
   * The exporter groups spans by the identity of scope and resource, so spans of one instance share
   * one scope, and one resource for each environment.
   */
  public GenerationSpans(String serviceName, String version) {
    resource =
        Resource.create(
            Attributes.of(
                SpanAttributes.SERVICE_NAME, serviceName,
                SpanAttributes.SERVICE_VERSION, version,
                SpanAttributes.SDK_LANGUAGE, "java"));
    scope = InstrumentationScopeInfo.builder(SCOPE_NAME).setVersion(version).build();
  }

  /** As {@link #spans(TelemetryRecord, ContentRules, ContentLimits)}, without redaction. */
  public SpanTree spans(TelemetryRecord record, PrivacyMode mode, ContentLimits limits) {
    return spans(record, ContentRules.of(mode), limits);
  }

  /** Deterministic: the same record, rules and limits give equal spans. */
  public SpanTree spans(TelemetryRecord record, ContentRules rules, ContentLimits limits) {
    ContentPolicy policy =
        new ContentPolicy(
            rules.privacyMode().stricter(record.routing().privacyMode()),
            redactor(rules.redaction()));
    SpanIds ids = SpanIds.of(record);
    SpanTreeBuilder tree =
        new SpanTreeBuilder(ids.traceId(), policy, limits, resource(record.environment()), scope);
    return switch (record) {
      case Generation generation -> new GenerationSpanTree(generation, ids, tree).build();
      case RecordedTrace trace -> new RecordedSpanTree(trace, ids, tree).build();
    };
  }

  /** Null where nothing is redacted. Kept, because it compiles patterns. */
  private @Nullable Redactor redactor(Redaction redaction) {
    return redaction.isEmpty() ? null : kept(redactors, redaction, Redactor::new);
  }

  /** Others choose the keys, so the map is bounded. */
  private static <K, V> V kept(ConcurrentMap<K, V> map, K key, Function<K, V> maker) {
    return map.size() < MOST_KEPT || map.containsKey(key)
        ? map.computeIfAbsent(key, maker)
        : maker.apply(key);
  }

  private Resource resource(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return resource;
    }
    String environment = SpanText.attribute(given, CommonAttributes.ENVIRONMENT_CHARACTERS);
    return kept(environments, environment, this::withEnvironment);
  }

  private Resource withEnvironment(String environment) {
    return resource.merge(
        Resource.create(Attributes.of(SpanAttributes.DEPLOYMENT_ENVIRONMENT, environment)));
  }
}
