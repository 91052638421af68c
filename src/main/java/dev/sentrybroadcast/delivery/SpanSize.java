package dev.sentrybroadcast.delivery;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/**
 * How many bytes of protobuf spans take, estimated to the safe side: what is packed by it must
 * rarely turn out too large. The sender knows the exact size.
 */
final class SpanSize {

  /** Ids, times, kind, status, flags and the tags and lengths around them. */
  private static final int SPAN_OVERHEAD = 128;

  /** Tags and lengths of a key, a value and what holds both. */
  private static final int ATTRIBUTE_OVERHEAD = 20;

  private static final int NUMBER = 9;

  private SpanSize() {}

  /** Of spans that are each in a group of their own: resource and scope are counted once. */
  static long estimate(List<SpanData> spans) {
    long size = SPAN_OVERHEAD + attributes(spans.getFirst().getResource().getAttributes());
    for (SpanData span : spans) {
      size += SPAN_OVERHEAD;
      size += utf8Length(span.getName());
      size += utf8Length(span.getStatus().getDescription());
      size += attributes(span.getAttributes());
    }
    return size;
  }

  private static long attributes(Attributes attributes) {
    long[] size = {0};
    attributes.forEach(
        (key, value) -> size[0] += ATTRIBUTE_OVERHEAD + utf8Length(key.getKey()) + value(value));
    return size[0];
  }

  private static long value(Object value) {
    return switch (value) {
      case String text -> utf8Length(text);
      case List<?> list -> {
        long size = 0;
        for (Object element : list) {
          size += ATTRIBUTE_OVERHEAD + value(element);
        }
        yield size;
      }
      case Boolean _, Long _, Double _ -> NUMBER;
      default -> utf8Length(value.toString());
    };
  }

  /** Bytes of UTF-8; a surrogate counts 2, a pair 4 as it should. */
  static long utf8Length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return length;
  }
}
