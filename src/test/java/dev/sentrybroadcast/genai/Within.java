package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Set;

/** Checks what a generation becomes against limits. */
final class Within {

  private static final int REQUEST_BYTES = 4 * 1024 * 1024;

  /** The resource, the scope and what holds them: a tree's estimate leaves them out. */
  private static final int RESOURCE_BYTES = 256;

  /** Content that is plain text, or JSON. */
  private static final Set<AttributeKey<String>> PLAIN =
      Set.of(
          SpanAttributes.EMBEDDINGS_INPUT,
          SpanAttributes.TOOL_DESCRIPTION,
          SpanAttributes.TOOL_CALL_ARGUMENTS,
          SpanAttributes.TOOL_CALL_RESULT);

  private Within() {}

  /**
   * Every content attribute is valid JSON within its limit; spans and tree are within theirs; the
   * estimate of the tree's size is not too small.
   */
  static SpanTree assertWithin(Generation generation, ContentLimits limits) {
    SpanTree tree = new GenerationSpans("s", "1").spans(generation, PrivacyMode.OFF, limits);
    for (SpanData span : tree.spans()) {
      int[] total = {span.getStatus().getDescription().getBytes(UTF_8).length};
      assertThat(total[0]).isLessThanOrEqualTo(limits.attributeBytes());
      for (AttributeKey<String> key : PrivacyModeTest.CONTENT) {
        String value = span.getAttributes().get(key);
        if (value != null) {
          int bytes = value.getBytes(UTF_8).length;
          total[0] += bytes;
          assertThat(bytes).as(key.getKey()).isLessThanOrEqualTo(limits.attributeBytes());
          if (!PLAIN.contains(key) || value.startsWith("{")) {
            Conventions.JSON.readTree(value);
          }
        }
      }
      assertThat(total[0]).isLessThanOrEqualTo(limits.spanBytes());
    }
    int size = TraceRequestMarshaler.create(tree.spans()).getBinarySerializedSize();
    assertThat(size).isLessThan(REQUEST_BYTES);
    assertThat(tree.bytes() + RESOURCE_BYTES).isGreaterThanOrEqualTo(size);
    return tree;
  }
}
