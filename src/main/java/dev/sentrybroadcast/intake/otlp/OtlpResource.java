package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/**
 * What is used of a producer's resource. Everything else in it is about the producer's process,
 * such as hosts, command lines and file names. The resource that is sent is our own.
 */
record OtlpResource(
    @Nullable String serviceName, @Nullable String serviceVersion, @Nullable String environment) {

  static OtlpResource read(ObjectView resource) {
    OtlpAttributes attributes = OtlpAttributes.read(resource);
    String environment = attributes.text("deployment.environment.name");
    return new OtlpResource(
        attributes.text("service.name"),
        attributes.text("service.version"),
        environment == null ? attributes.text("deployment.environment") : environment);
  }
}
