package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ErrorEventsTest {

  @Test
  void event_ofASuccess_isNone() {
    assertThat(Trees.tree(Generations.of("g")).errorEvent()).isNull();
  }

  @Test
  void event_ofAFailure_isLinkedToItsSpan() {
    SpanTree tree = Trees.tree(Generations.everything("x"));
    SpanData span = Trees.generation(tree);
    assertThat(tree.errorEvent())
        .isEqualTo(
            new ErrorEvent(
                SpanIds.issueEventId(span.getSpanId()),
                span.getEndEpochNanos(),
                span.getTraceId(),
                span.getSpanId(),
                "rate_limit",
                "xfailure",
                List.of("mistral_ai", "rate_limit", "mistralai/mistral-large"),
                Map.of(
                    "model", "mistralai/mistral-large", "provider", "mistral_ai", "status", "429"),
                "Support Agent",
                "user_1",
                "staging",
                "v3"));
  }

  @Test
  void event_withoutWords_saysTheType() {
    GenerationBuilder generation =
        Generations.of("g").model(null, null, "m").failure(new Failure("_OTHER", null, null));
    ErrorEvent event = Trees.tree(generation).errorEvent();
    assertThat(event).isNotNull();
    if (event != null) {
      assertThat(event.value()).isEqualTo("_OTHER");
      assertThat(event.fingerprint()).containsExactly("unknown", "_OTHER", "m");
      assertThat(event.tags()).containsOnlyKeys("model");
    }
  }

  @Test
  void event_wordsThatAreTooLong_areCut() {
    Failure failure = new Failure("t", null, Content.of("w".repeat(100_000)));
    SpanTree tree = Trees.tree(Generations.of("g").failure(failure).build(), PrivacyMode.OFF);
    assertThat(tree.errorEvent()).isNotNull();
    assertThat(Trees.generation(tree).getStatus().getDescription()).hasSizeLessThan(65_537);
  }
}
