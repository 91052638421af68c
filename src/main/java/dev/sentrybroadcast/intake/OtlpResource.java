package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/**
 * What is taken of a producer's resource; the resource that is sent is our own. Everything else in
 * it is about the producer's process: hosts, command lines, file names.
 */
record OtlpResource(
    @Nullable String serviceName, @Nullable String serviceVersion, @Nullable String environment) {

  static OtlpResource read(Fields resource) {
    OtlpAttributes attributes = OtlpAttributes.read(resource);
    String environment = attributes.text("deployment.environment.name");
    return new OtlpResource(
        attributes.text("service.name"),
        attributes.text("service.version"),
        environment == null ? attributes.text("deployment.environment") : environment);
  }
}
