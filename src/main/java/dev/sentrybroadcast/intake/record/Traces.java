package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code trace} object: its reserved keys, and the others as flat metadata. */
final class Traces {

  private static final Set<String> RESERVED =
      Set.of(
          "trace_id",
          "trace_name",
          "span_name",
          "generation_name",
          "parent_span_id",
          "agent_name",
          "prompt_name",
          "prompt_version");

  private static final Pattern SPAN_ID = Pattern.compile("[0-9A-Fa-f]{16}");

  private Traces() {}

  static Trace read(ObjectView trace) {
    if (trace.isEmpty()) {
      return Trace.NONE;
    }
    String parentSpanId = trace.text("parent_span_id");
    if (parentSpanId != null && !isSpanId(parentSpanId)) {
      trace.log().mended(Corrections.Kind.PARENT_SPAN_ID_INVALID);
    }
    return new Trace(
        trace.id("trace_id"),
        trace.text("trace_name"),
        trace.text("span_name"),
        trace.text("generation_name"),
        parentSpanId,
        trace.text("agent_name"),
        trace.text("environment"),
        trace.text("release"),
        metadata(trace));
  }

  private static Map<String, Scalar> metadata(ObjectView trace) {
    Map<String, Scalar> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : trace.json().fields().entrySet()) {
      if (!RESERVED.contains(entry.getKey())) {
        flatten(trace, entry.getKey(), entry.getValue(), 1, metadata);
      }
    }
    return metadata;
  }

  private static void flatten(
      ObjectView trace, String key, JsonValue value, int depth, Map<String, Scalar> into) {
    if (value instanceof JsonObject members && depth < Limits.METADATA_DEPTH) {
      for (Map.Entry<String, JsonValue> entry : members.fields().entrySet()) {
        flatten(trace, key + "." + entry.getKey(), entry.getValue(), depth + 1, into);
      }
      return;
    }
    Scalar scalar = scalar(value);
    if (scalar == null) {
      return;
    }
    String name = Limits.cut(key, Limits.METADATA_KEY_CHARS);
    if (into.size() < Limits.METADATA_KEYS || into.containsKey(name)) {
      into.put(name, scalar);
    } else {
      trace.drop("metadata"); // without the producer's own keys
    }
  }

  private static @Nullable Scalar scalar(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> text(Base64Data.without(text));
      case JsonValue.Numeric _ -> {
        Long whole = Numbers.whole(value);
        Double decimal = whole == null ? Numbers.decimal(value) : null;
        yield whole != null
            ? new Scalar.Whole(whole)
            : decimal == null ? null : new Scalar.Decimal(decimal);
      }
      case JsonValue.Bool(boolean flag) -> new Scalar.Flag(flag);
      case JsonValue.Null _ -> null;
      case JsonValue.Array _, JsonObject _ -> text(JsonTexts.compact(value));
    };
  }

  private static Scalar text(String text) {
    return new Scalar.Text(Limits.cut(text, Limits.METADATA_VALUE_CHARS));
  }

  private static boolean isSpanId(String text) {
    return SPAN_ID.matcher(text).matches() && !text.equals("0000000000000000");
  }
}
