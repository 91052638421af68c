package dev.sentrybroadcast.sentryview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.sentrybroadcast.sentryview.ViewFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No input of this project loses anything in Sentry's AI views. */
final class SentryViewTest {

  private static final List<ViewFault> FOUND = new ArrayList<>();
  private static int inputs;
  private static int spans;

  static Stream<Arguments> inputs() {
    return ProductSpans.inputs().entrySet().stream()
        .map(input -> argumentSet(input.getKey(), input.getKey(), input.getValue()));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void views_ofEachInput_showAllOfIt(String name, String body) {
    List<StoredSpan> stored = ProductSpans.of(body).stream().map(StoredSpan::of).toList();
    List<ViewFault> faults = ViewRules.faults(stored);
    inputs++;
    spans += stored.size();
    FOUND.addAll(faults);
    assertThat(faults)
        // Sentry itself runs several answers together.
        .filteredOn(fault -> fault.kind() != Kind.CHOICES)
        .as("%s", name)
        .isEmpty();
  }

  @Test
  void inputs_haveSpansOfEachType() {
    assertThat(
            ProductSpans.inputs().values().stream()
                .flatMap(body -> ProductSpans.of(body).stream())
                .map(span -> String.valueOf(StoredSpan.of(span).type()))
                .collect(Collectors.groupingBy(type -> type, Collectors.counting())))
        .hasEntrySatisfying("ai_client", count -> assertThat(count).isGreaterThan(100))
        .containsKeys("agent", "tool", "null");
  }

  @AfterAll
  static void report() throws IOException {
    StringBuilder lines = new StringBuilder();
    ProductSpans.inputs()
        .forEach((name, body) -> lines.append(SpanLines.of(name, ProductSpans.of(body))));
    Files.writeString(Path.of("target/sentry-view-spans.jsonl"), lines);
    System.out.printf("Sentry's views: %d spans of %d inputs judged%n", spans, inputs);
    ViewRules.byKind(FOUND)
        .forEach((kind, count) ->
            System.out.printf("  %s: %d (%s)%n", kind.word(), count, kind.meaning()));
  }
}
