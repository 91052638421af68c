package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Maps generations and recorded traces to spans; safe to call from several threads. */
public final class GenerationSpans {

  private static final String SCOPE_NAME = "sentry-broadcast";
  private static final int KNOWN_ENVIRONMENTS = 64;

  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final ConcurrentMap<String, Resource> environments = new ConcurrentHashMap<>();

  /**
   * Spans made by one instance share one scope instance, and one resource instance for each
   * environment: the exporter groups by identity.
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

  /** The same record, mode and limits give equal spans, whenever and wherever it is called. */
  public SpanTree spans(TelemetryRecord record, PrivacyMode mode, ContentLimits limits) {
    Disclosure disclosure = new Disclosure(mode.stricter(record.routing().privacyMode()));
    return switch (record) {
      case Generation generation -> {
        Resource itsResource = resource(generation.trace().environment());
        yield new RecordTree(generation, disclosure, limits, itsResource, scope).build();
      }
      case RecordedTrace trace -> {
        Resource itsResource = resource(trace.environment());
        yield new RecordedSpans(trace, disclosure, limits, itsResource, scope).build();
      }
    };
  }

  private Resource resource(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return resource;
    }
    String environment = SpanText.attribute(given);
    Resource known = environments.get(environment);
    if (known != null) {
      return known;
    }
    Resource made =
        resource.merge(
            Resource.create(Attributes.of(SpanAttributes.DEPLOYMENT_ENVIRONMENT, environment)));
    // Names are the producers' to choose: the map stays small, and spans are equal either way.
    if (environments.size() < KNOWN_ENVIRONMENTS) {
      Resource earlier = environments.putIfAbsent(environment, made);
      return earlier != null ? earlier : made;
    }
    return made;
  }
}
