package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Maps generations to span trees; safe to call from several threads. */
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

  /** The same generation, mode and limits give equal spans, whenever and wherever it is called. */
  public SpanTree spans(Generation generation, PrivacyMode mode, ContentLimits limits) {
    Disclosure disclosure = new Disclosure(mode.stricter(generation.routing().privacyMode()));
    Resource resourceOfIt = resource(generation.trace().environment());
    return new RecordTree(generation, disclosure, limits, resourceOfIt, scope).build();
  }

  private Resource resource(@Nullable String environment) {
    if (environment == null || environment.isBlank()) {
      return resource;
    }
    Resource known = environments.get(environment);
    if (known != null) {
      return known;
    }
    Resource made =
        resource.merge(
            Resource.create(
                Attributes.of(
                    SpanAttributes.DEPLOYMENT_ENVIRONMENT, SpanText.attribute(environment))));
    // Names are the producers' to choose: the map stays small, and spans are equal either way.
    if (environments.size() < KNOWN_ENVIRONMENTS) {
      Resource earlier = environments.putIfAbsent(environment, made);
      return earlier != null ? earlier : made;
    }
    return made;
  }
}
