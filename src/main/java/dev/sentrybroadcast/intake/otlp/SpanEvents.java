package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What span events say: Sentry drops events, so their values become values of the span. */
final class SpanEvents {

  /** Events whose attributes are those of the span. */
  private static final Set<String> DETAILS =
      Set.of(
          "gen_ai.client.inference.operation.details",
          "gen_ai.content.prompt",
          "gen_ai.content.completion");

  private SpanEvents() {}

  /** Adds the values of a span's events to its attributes; returns those of its last exception. */
  static @Nullable OtlpAttributes addTo(OtlpAttributes attributes, ObjectView span) {
    OtlpAttributes exception = null;
    List<JsonValue> messages = new ArrayList<>();
    for (ObjectView event : span.objects("events", Limits.SPANS)) {
      span.log().mended(Corrections.Kind.SPAN_EVENTS_DROPPED);
      String name = event.json().text("name");
      if ("exception".equals(name)) {
        exception = OtlpAttributes.read(event);
      } else if (name != null && DETAILS.contains(name)) {
        OtlpAttributes.read(event).values().forEach(attributes::addOfEvent);
      } else if (name != null && name.startsWith("gen_ai.")) {
        messages.add(new JsonObject(OtlpAttributes.read(event).values()).with("event.name", name));
      }
    }
    if (!JsonValue.items(span.get("links")).isEmpty()) {
      span.log().mended(Corrections.Kind.SPAN_LINKS_DROPPED);
    }
    Map.of("event:input", messages(messages, false), "event:output", messages(messages, true))
        .forEach((field, said) -> {
          if (!said.isEmpty()) {
            attributes.addOfEvent(field, Json.array(said));
          }
        });
    return exception;
  }

  /** Whether the values are such events, as Pydantic AI writes them into an attribute. */
  static boolean areEvents(List<JsonValue> values) {
    return values.stream().anyMatch(value -> JsonObject.of(value).has("event.name"));
  }

  /**
   * The messages in events of the older conventions, {@code gen_ai.user.message} and its like; the
   * choices among them are the output.
   */
  static List<JsonValue> messages(List<JsonValue> events, boolean output) {
    List<JsonValue> messages = new ArrayList<>();
    for (JsonObject event : events.stream().map(JsonObject::of).toList()) {
      String name = event.text("event.name");
      if (name != null && name.equals("gen_ai.choice") == output) {
        if (output) {
          messages.add(choice(event));
        } else if (name.startsWith("gen_ai.") && name.endsWith(".message")) {
          String kind = name.substring("gen_ai.".length(), name.length() - ".message".length());
          messages.add(message(body(event), kind));
        }
      }
    }
    return messages;
  }

  private static JsonObject choice(JsonObject event) {
    JsonObject body = body(event);
    JsonValue said = body.get("message");
    JsonValue message = said == null ? null : Json.inText(said);
    return message(
            message instanceof JsonObject object
                ? object
                : message == null ? body : JsonObject.NONE.with("content", message),
            "assistant")
        .with("finish_reason", body.get("finish_reason"));
  }

  /** Some instrumentations write the whole body of the event as JSON. */
  private static JsonObject body(JsonObject event) {
    JsonValue content = event.get("gen_ai.event.content");
    return content != null && Json.inText(content) instanceof JsonObject body
        ? body.over(event)
        : event;
  }

  private static JsonObject message(JsonObject fields, String role) {
    JsonValue content = fields.get("content");
    JsonValue calls = fields.get("tool_calls");
    return JsonObject.NONE
        .with("role", role)
        .with("role", fields.get("role"))
        .with("name", fields.get("name"))
        .with("tool_call_id", fields.first("tool_call_id", "id"))
        .with("content", content == null ? null : parts(content))
        .with("tool_calls", calls == null ? null : Json.inText(calls));
  }

  /** A list of parts that is written as JSON. Other text that happens to be JSON stays text. */
  private static JsonValue parts(JsonValue content) {
    List<JsonValue> items = JsonValue.items(Json.inText(content));
    return !items.isEmpty() && items.getFirst().isObject() ? Json.array(items) : content;
  }
}
