package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of OpenRouter's guide, as a whole canonical record. */
class OpenRouterExampleTest {

  private final Generation generation = Decoding.valid(Samples.body("openrouter-example"));

  @Test
  void decode_example_everythingThatIsNoContent() {
    assertThat(generation.id()).isEqualTo("gen-1763640000-8f3a");
    assertThat(generation.routing()).isEqualTo(new Routing(List.of("default"), PrivacyMode.OFF));
    assertThat(generation.apiType()).isEqualTo(ApiType.CHAT);
    assertThat(generation.model())
        .isEqualTo(new Model("openai", "openai/gpt-4o", "gpt-4o-2024-08-06"));
    assertThat(generation.timing())
        .isEqualTo(
            new Timing(
                1_795_176_000_000_000_000L,
                1_795_176_002_100_000_000L,
                1_795_176_000_420_000_000L));
    assertThat(generation.caller())
        .isEqualTo(new Caller("user_12345", "session_abc", "checkout-service", null));
    assertThat(generation.outcome())
        .isEqualTo(new Outcome("chatcmpl-1", List.of("stop"), null, true, false, null));
    assertThat(generation.usage()).isEqualTo(new Usage(812L, 96L, 908L, 512L, null, 0L));
    assertThat(generation.cost().total()).isEqualTo(0.00213);
    assertThat(generation.attempts()).isEmpty();
    assertThat(generation.toolExecutions()).isEmpty();
    assertThat(generation.corrections()).isEqualTo(Corrections.NONE);
  }

  @Test
  void decode_example_trace() {
    assertThat(generation.trace().traceId()).isEqualTo("incident_investigation_001");
    assertThat(generation.trace().traceName()).isEqualTo("Error Analysis Agent");
    assertThat(generation.trace().generationName()).isEqualTo("Analyze Stack Trace");
    assertThat(generation.trace().metadata())
        .isEqualTo(
            Map.of(
                "environment", new Scalar.Text("production"),
                "release", new Scalar.Text("v2.1.0")));
  }

  @Test
  void decode_example_content() {
    List<Message> input = Decoding.revealed(generation.exchange().inputMessages());
    List<Message> output = Decoding.revealed(generation.exchange().outputMessages());
    assertThat(input)
        .containsExactly(
            new Message("user", null, List.of(new Part.Text("Debug this error...")), null));
    assertThat(output)
        .containsExactly(
            new Message("assistant", null, List.of(new Part.Text("The cause is...")), "stop"));
    assertThat(generation.exchange().systemInstructions()).isNull();
  }
}
