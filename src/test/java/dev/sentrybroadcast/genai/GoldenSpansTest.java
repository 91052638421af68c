package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GoldenSpansTest {

  @Test
  void openRouterExample() {
    GoldenSpans.assertGolden(
        "mapping/openrouter-example", Trees.tree(Generations.openRouterExample(), PrivacyMode.OFF));
  }

  @Test
  void everything_withContent() {
    GoldenSpans.assertGolden("mapping/everything", Trees.tree(Generations.everything("my ")));
  }

  @Test
  void everything_inPrivacyMode() {
    GoldenSpans.assertGolden(
        "mapping/everything-private",
        Trees.tree(Generations.everything("my ").build(), PrivacyMode.ON));
  }

  @Test
  void bare() {
    GoldenSpans.assertGolden("mapping/bare", Trees.tree(Generations.of("gen-bare")));
  }

  @Test
  void cancelled() {
    GoldenSpans.assertGolden(
        "mapping/cancelled",
        Trees.tree(
            Generations.of("gen-cancelled")
                .outcome(new Outcome(null, List.of(), null, true, true, null))));
  }

  @Test
  void failedOnItsOnlyAttempt() {
    Failure failure = new Failure("overloaded_error", 529, Content.of("Overloaded"));
    GenerationBuilder generation =
        Generations.of("gen-failed")
            .model("Anthropic", "anthropic/claude-sonnet-4", null)
            .failure(failure)
            .attempt(new Attempt("Anthropic", null, 529, null, failure));
    GoldenSpans.assertGolden("mapping/failed", Trees.tree(generation));
  }
}
