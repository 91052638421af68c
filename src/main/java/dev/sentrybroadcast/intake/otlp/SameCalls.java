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

/**
 * Spans of a message that describe the same call, as where a provider's SDK traces itself under an
 * instrumentation. They count once: the one with content stays the call, the other is a step.
 */
final class SameCalls {

  private static final SpanRole COPY = SpanRole.step("same_call");

  private final List<ReadSpan> spans;

  private SameCalls(List<ReadSpan> spans) {
    this.spans = new ArrayList<>(spans);
  }

  static List<ReadSpan> once(List<ReadSpan> spans) {
    SameCalls calls = new SameCalls(spans);
    calls.ofOneResponse();
    calls.belowEachOther();
    calls.besideEachOther();
    return calls.spans;
  }

  private void ofOneResponse() {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < spans.size(); i++) {
      String id = isCall(i) ? span(i).outcome().responseId() : null;
      Integer other = id == null ? null : first.putIfAbsent(id, i);
      if (other != null) {
        first.put(id, keepOne(other, i));
      }
    }
  }

  private void belowEachOther() {
    Map<String, Integer> byId = new HashMap<>();
    for (int i = 0; i < spans.size(); i++) {
      byId.put(spans.get(i).traceId() + span(i).spanId(), i);
    }
    for (int i = 0; i < spans.size(); i++) {
      Integer parent = byId.get(spans.get(i).traceId() + span(i).parentSpanId());
      if (parent != null && isCall(i) && isCall(parent)) {
        RecordedSpan inner = span(i);
        RecordedSpan outer = span(parent);
        if (isSameModel(inner.model(), outer.model())
            && (isSameUsage(inner.usage(), outer.usage()) || failedTogether(inner, outer))) {
          keepOne(parent, i);
        }
      }
    }
  }

  /** A provider's SDK beside an instrumentation whose span is not its parent. */
  private void besideEachOther() {
    for (int i = 0; i < spans.size(); i++) {
      for (int j = 0; j < spans.size() && isCall(i) && isProviderSdk(i); j++) {
        RecordedSpan inner = span(i);
        RecordedSpan outer = span(j);
        if (isCall(j)
            && !isProviderSdk(j)
            && Objects.equals(inner.parentSpanId(), outer.parentSpanId())
            && isSameModel(inner.model(), outer.model())
            && isWithin(inner.timing(), outer.timing())) {
          keepOne(j, i);
        }
      }
    }
  }

  private RecordedSpan span(int index) {
    return spans.get(index).span();
  }

  private boolean isProviderSdk(int index) {
    String scope = spans.get(index).scope();
    return scope.startsWith("com.anthropic.sdk.") || scope.startsWith("com.openai.sdk.");
  }

  private boolean isCall(int index) {
    return span(index).role().is(SpanRole.Type.MODEL_CALL);
  }

  /** Makes one of the two a step; returns the other, which gets what it does not know itself. */
  private int keepOne(int outer, int inner) {
    boolean isOuter = worth(span(outer)) >= worth(span(inner));
    int kept = isOuter ? outer : inner;
    int copy = isOuter ? inner : outer;
    RecordedSpan copied = span(copy);
    spans.set(kept, spans.get(kept).with(span(kept).completedBy(copied)));
    spans.set(copy, spans.get(copy).with(copied.asStep(COPY)));
    return kept;
  }

  private static int worth(RecordedSpan span) {
    Exchange exchange = span.exchange();
    boolean hasContent = exchange.inputMessages() != null || exchange.outputMessages() != null;
    return (hasContent ? 2 : 0) + (isKnown(span.usage()) ? 1 : 0);
  }

  private static boolean isSameModel(Model one, Model other) {
    List<String> names = names(one);
    List<String> others = names(other);
    return names.isEmpty() || others.isEmpty() || others.stream().anyMatch(names::contains);
  }

  private static List<String> names(Model model) {
    return Stream.of(model.requested(), model.responded()).filter(Objects::nonNull).toList();
  }

  /** One of them may have no tokens. */
  private static boolean isSameUsage(Usage one, Usage other) {
    if (!isKnown(one) || !isKnown(other)) {
      return isKnown(one) || isKnown(other);
    }
    return Objects.equals(one.inputTokens(), other.inputTokens())
        && Objects.equals(one.outputTokens(), other.outputTokens());
  }

  private static boolean failedTogether(RecordedSpan inner, RecordedSpan outer) {
    return inner.outcome().failure() != null
        && outer.outcome().failure() != null
        && isWithin(inner.timing(), outer.timing());
  }

  private static boolean isKnown(Usage usage) {
    return Stream.of(usage.inputTokens(), usage.outputTokens())
        .anyMatch(count -> count != null && count > 0);
  }

  private static boolean isWithin(Timing inner, Timing outer) {
    return inner.startEpochNanos() >= outer.startEpochNanos()
        && inner.endEpochNanos() <= outer.endEpochNanos();
  }
}
