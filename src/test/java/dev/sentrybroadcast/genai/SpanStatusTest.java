package dev.sentrybroadcast.genai;

import static dev.sentrybroadcast.generation.GenerationBuilder.SECOND;
import static dev.sentrybroadcast.generation.GenerationBuilder.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statuses and times of a tree. */
final class SpanStatusTest {

  private static final Failure FAILURE = new Failure("overloaded", 503, Content.of("try later"));
  private static final ToolExecution TOOL =
      new ToolExecution("c1", "search", null, null, null, null, null);

  @Test
  void status_failedGeneration_failsItsWrappersToo() {
    List<SpanData> spans =
        Trees.spans(Generations.of("g").traceName("a").spanName("s").failure(FAILURE).tool(TOOL));
    assertThat(spans)
        .extracting(span -> span.getStatus().getStatusCode())
        .containsExactly(StatusCode.ERROR, StatusCode.ERROR, StatusCode.ERROR, StatusCode.UNSET);
    assertThat(spans)
        .extracting(span -> Trees.text(span, "error.type"))
        .containsExactly("overloaded", "overloaded", "overloaded", null);
    assertThat(spans.get(2).getStatus().getDescription()).isEqualTo("try later");
    assertThat(spans.get(0).getStatus().getDescription()).isEmpty();
  }

  @Test
  void status_failedToolOrAttempt_failsOnlyItself() {
    List<SpanData> spans =
        Trees.spans(
            Generations.of("g")
                .traceName("a")
                .attempt(new Attempt("p", null, null, null, FAILURE))
                .tool(new ToolExecution(null, "t", null, null, null, null, FAILURE)));
    assertThat(spans)
        .extracting(span -> span.getStatus().getStatusCode())
        .containsExactly(StatusCode.UNSET, StatusCode.UNSET, StatusCode.ERROR, StatusCode.ERROR);
  }

  @Test
  void status_cancelled_isUnsetWithoutFinishReasonOrEvent() {
    SpanTree tree =
        Trees.tree(
            Generations.of("g")
                .traceName("a")
                .outcome(new Outcome(null, List.of("stop"), null, true, true, FAILURE)));
    assertThat(tree.spans())
        .allSatisfy(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
    SpanData span = Trees.generation(tree);
    assertThat(span.getAttributes().get(SpanAttributes.CANCELLED)).isTrue();
    assertThat(span.getAttributes().get(SpanAttributes.RESPONSE_FINISH_REASONS)).isNull();
    assertThat(tree.errorEvent()).isNull();
  }

  @Test
  void times_wrappers_spanTheirChildren() {
    List<SpanData> spans = Trees.spans(Generations.everything("x"));
    for (SpanData wrapper : spans.subList(0, 2)) {
      assertThat(wrapper.getStartEpochNanos()).isEqualTo(START);
      assertThat(wrapper.getEndEpochNanos()).isEqualTo(START + 4 * SECOND);
    }
    assertThat(spans.get(2).getEndEpochNanos()).isEqualTo(START + 3 * SECOND);
  }

  @Test
  void times_notKnown_areTheStartForAttemptsAndTheEndForTools() {
    Attempt attempt = new Attempt("p", null, null, null, FAILURE);
    List<SpanData> spans = Trees.spans(Generations.of("g").attempt(attempt).tool(TOOL));
    assertThat(spans.get(1).getStartEpochNanos()).isEqualTo(START);
    assertThat(spans.get(1).getEndEpochNanos()).isEqualTo(START);
    assertThat(spans.get(2).getStartEpochNanos()).isEqualTo(START + 2 * SECOND);
    assertThat(spans.get(2).getEndEpochNanos()).isEqualTo(START + 2 * SECOND + 1_000_000);
  }

  @Test
  void times_endBeforeStart_areMended() {
    SpanData span = Trees.generation(Generations.of("g").timing(new Timing(START, START - 1, 5L)));
    assertThat(span.getEndEpochNanos()).isEqualTo(START);
    assertThat(span.getAttributes().get(SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK)).isNull();
  }
}
