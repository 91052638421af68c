package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code trace} object: its reserved keys, and the rest as flat metadata. */
final class TraceReader {

  private static final Set<String> RESERVED =
      Set.of(
          "trace_id", "trace_name", "span_name", "generation_name", "parent_span_id", "agent_name");

  private TraceReader() {}

  static Trace read(Fields trace) {
    if (trace.isEmpty()) {
      return Trace.NONE;
    }
    String parentSpanId = trace.text("parent_span_id");
    if (parentSpanId != null && !isSpanId(parentSpanId)) {
      trace.log().mended(Corrections.Kind.PARENT_SPAN_ID_INVALID);
    }
    return new Trace(
        trace.text("trace_id"),
        trace.text("trace_name"),
        trace.text("span_name"),
        trace.text("generation_name"),
        parentSpanId,
        trace.text("agent_name"),
        trace.text("environment"),
        trace.text("release"),
        metadata(trace));
  }

  private static Map<String, Scalar> metadata(Fields trace) {
    Map<String, Scalar> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : trace.members().fields().entrySet()) {
      if (!RESERVED.contains(entry.getKey())) {
        flatten(trace, entry.getKey(), entry.getValue(), 1, metadata);
      }
    }
    return metadata;
  }

  private static void flatten(
      Fields trace, String key, JsonValue value, int depth, Map<String, Scalar> into) {
    if (value instanceof JsonValue.Members members && depth < Limits.METADATA_DEPTH) {
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
      trace.drop("metadata"); // which ones would say the producer's own keys
    }
  }

  private static @Nullable Scalar scalar(JsonValue value) {
    JsonValue read = value.read();
    if (read instanceof JsonValue.Text text) {
      return text(Base64Data.without(text.value()));
    }
    if (read instanceof JsonValue.Numeric number) {
      return number(number);
    }
    if (read instanceof JsonValue.Bool bool) {
      return new Scalar.Flag(bool.value());
    }
    return read instanceof JsonValue.Null ? null : text(JsonTexts.compact(read));
  }

  private static Scalar text(String text) {
    return new Scalar.Text(Limits.cut(text, Limits.METADATA_VALUE_CHARS));
  }

  private static @Nullable Scalar number(JsonValue.Numeric number) {
    Long whole = Numbers.whole(number);
    if (whole != null) {
      return new Scalar.Whole(whole);
    }
    Double decimal = Numbers.decimal(number);
    return decimal == null ? null : new Scalar.Decimal(decimal);
  }

  private static boolean isSpanId(String text) {
    if (text.length() != 16) {
      return false;
    }
    boolean nonZero = false;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return false;
      }
      nonZero |= digit != 0;
    }
    return nonZero;
  }
}
