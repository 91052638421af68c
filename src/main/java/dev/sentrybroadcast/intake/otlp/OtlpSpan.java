package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Words;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A span as its producer sent it.
 *
 * @param scope the name of its instrumentation scope; empty where it has none
 * @param attributes with those of its events
 * @param exception the attributes of its last exception event
 */
record OtlpSpan(
    ObjectView json, String scope, OtlpAttributes attributes, @Nullable OtlpAttributes exception) {

  static OtlpSpan read(ObjectView json, String scope) {
    OtlpAttributes attributes = OtlpAttributes.read(json);
    return new OtlpSpan(json, scope, attributes, SpanEvents.addTo(attributes, json));
  }

  String name() {
    String name = json.json().text("name");
    return name == null || name.isBlank() ? "unnamed" : name;
  }

  /** The text of an attribute, or of a name as in {@link Names}; null for none or a blank one. */
  @Nullable String text(String name) {
    return attributes.text(name);
  }

  @Nullable String firstText(String... names) {
    return Stream.of(names).map(this::text).filter(Objects::nonNull).findFirst().orElse(null);
  }

  boolean has(String name) {
    return attributes.get(name) != null;
  }

  boolean hasAny(String prefix) {
    return attributes.values().keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** OpenRouter writes each key of its metadata twice. */
  boolean isCopy(String name) {
    return name.startsWith("span.metadata.") && has("trace." + name.substring("span.".length()));
  }

  /** The first of the attributes that is a word of an enumeration. */
  String word(String otherwise, String... names) {
    return Stream.of(names)
        .map(this::text)
        .filter(text -> text != null && Words.isWord(text))
        .findFirst()
        .orElse(otherwise);
  }

  boolean hasErrorStatus() {
    JsonValue code = json.json().object("status").get("code");
    String written =
        code instanceof JsonValue.Numeric(String number) ? number : JsonValue.text(code);
    return "2".equals(written) || "STATUS_CODE_ERROR".equals(written);
  }

  RecordedSpan.Kind kind() {
    return switch (Json.text(json.get("kind"))) {
      case "2", "SPAN_KIND_SERVER" -> RecordedSpan.Kind.SERVER;
      case "3", "SPAN_KIND_CLIENT" -> RecordedSpan.Kind.CLIENT;
      case "4", "SPAN_KIND_PRODUCER" -> RecordedSpan.Kind.PRODUCER;
      case "5", "SPAN_KIND_CONSUMER" -> RecordedSpan.Kind.CONSUMER;
      case null, default -> RecordedSpan.Kind.INTERNAL;
    };
  }

  /**
   * What is used of a producer's resource. Everything else in it is about the producer's process,
   * such as hosts, command lines and file names. The resource that is sent is our own.
   */
  record Resource(
      @Nullable String serviceName, @Nullable String serviceVersion, @Nullable String environment) {

    static Resource read(ObjectView resource) {
      OtlpAttributes attributes = OtlpAttributes.read(resource);
      String environment = attributes.text("deployment.environment.name");
      return new Resource(
          attributes.text("service.name"),
          attributes.text("service.version"),
          environment == null ? attributes.text("deployment.environment") : environment);
    }
  }
}
