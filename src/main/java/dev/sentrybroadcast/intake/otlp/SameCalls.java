package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spans of a message that describe the same call, as where a provider's SDK traces itself under an
 * instrumentation. They count once: the one with content stays the call, the other is a step.
 */
final class SameCalls {

  private static final SpanRole COPY = SpanRole.step("same_call");

  private final List<ReadSpan> spans;
  private final Map<String, Integer> byId = new HashMap<>();

  private SameCalls(List<ReadSpan> spans) {
    this.spans = new ArrayList<>(spans);
    for (int i = 0; i < spans.size(); i++) {
      byId.put(id(spans.get(i), spans.get(i).span().spanId()), i);
    }
  }

  static List<ReadSpan> once(List<ReadSpan> spans) {
    SameCalls calls = new SameCalls(spans);
    calls.ofOneResponse();
    calls.belowEachOther();
    return calls.spans;
  }

  private void ofOneResponse() {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < spans.size(); i++) {
      String id = call(i) ? spans.get(i).span().outcome().responseId() : null;
      Integer other = id == null ? null : first.putIfAbsent(id, i);
      if (other != null) {
        first.put(id, keepOne(other, i));
      }
    }
  }

  private void belowEachOther() {
    for (int i = 0; i < spans.size(); i++) {
      String parentId = spans.get(i).span().parentSpanId();
      Integer parent = parentId == null ? null : byId.get(id(spans.get(i), parentId));
      if (parent != null && call(i) && call(parent)) {
        RecordedSpan inner = spans.get(i).span();
        RecordedSpan outer = spans.get(parent).span();
        if (isSameModel(inner.model(), outer.model())
            && (isSameUsage(inner.usage(), outer.usage()) || failedTogether(inner, outer))) {
          keepOne(parent, i);
        }
      }
    }
    siblings();
  }

  /** A provider's SDK beside an instrumentation whose span is not its parent. */
  private void siblings() {
    for (int i = 0; i < spans.size(); i++) {
      if (!isProviderSdk(spans.get(i).scope())) {
        continue;
      }
      for (int j = 0; j < spans.size() && call(i); j++) {
        RecordedSpan inner = spans.get(i).span();
        RecordedSpan outer = spans.get(j).span();
        if (j != i
            && call(j)
            && !isProviderSdk(spans.get(j).scope())
            && Objects.equals(inner.parentSpanId(), outer.parentSpanId())
            && isSameModel(inner.model(), outer.model())
            && isWithin(inner.timing(), outer.timing())) {
          keepOne(j, i);
        }
      }
    }
  }

  private static boolean isProviderSdk(String scope) {
    return scope.startsWith("com.anthropic.sdk.") || scope.startsWith("com.openai.sdk.");
  }

  private boolean call(int index) {
    return spans.get(index).span().role().is(SpanRole.Type.MODEL_CALL);
  }

  /** Makes one of the two a step; returns the other, which gets what it does not know itself. */
  private int keepOne(int outer, int inner) {
    boolean isOuter = worth(outer) >= worth(inner);
    int kept = isOuter ? outer : inner;
    int copy = isOuter ? inner : outer;
    RecordedSpan copied = spans.get(copy).span();
    spans.set(kept, spans.get(kept).with(spans.get(kept).span().completedBy(copied)));
    spans.set(copy, spans.get(copy).with(copied.asStep(COPY)));
    return kept;
  }

  private int worth(int index) {
    RecordedSpan span = spans.get(index).span();
    Exchange exchange = span.exchange();
    boolean hasContent = exchange.inputMessages() != null || exchange.outputMessages() != null;
    return (hasContent ? 2 : 0) + (isKnown(span.usage()) ? 1 : 0);
  }

  private static boolean isSameModel(Model one, Model other) {
    List<String> names = names(one);
    return names.isEmpty()
        || names(other).isEmpty()
        || names(other).stream().anyMatch(names::contains);
  }

  private static List<String> names(Model model) {
    return Stream.of(model.requested(), model.responded()).filter(Objects::nonNull).toList();
  }

  /** One of them may have no tokens. */
  private static boolean isSameUsage(Usage one, Usage other) {
    return !isKnown(one)
        ? isKnown(other)
        : !isKnown(other)
            || (Objects.equals(one.inputTokens(), other.inputTokens())
                && Objects.equals(one.outputTokens(), other.outputTokens()));
  }

  private static boolean failedTogether(RecordedSpan inner, RecordedSpan outer) {
    return inner.outcome().failure() != null
        && outer.outcome().failure() != null
        && isWithin(inner.timing(), outer.timing());
  }

  private static boolean isKnown(Usage usage) {
    return isPositive(usage.inputTokens()) || isPositive(usage.outputTokens());
  }

  private static boolean isPositive(@Nullable Long count) {
    return count != null && count > 0;
  }

  private static boolean isWithin(Timing inner, Timing outer) {
    return inner.startEpochNanos() >= outer.startEpochNanos()
        && inner.endEpochNanos() <= outer.endEpochNanos();
  }

  private static String id(ReadSpan span, @Nullable String spanId) {
    return span.traceId() + spanId;
  }
}
