package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceTreeTest {

  private static final String INPUT =
      "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Where is\\norder 4711?\"}]}]";
  private static final String OUTPUT =
      "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"name\":\"find\"}]}]";

  private final TraceTree tree = new TraceTree(new Ink(false), _ -> false);

  @Test
  void lines_agentChatTool_alignedTree() {
    List<String> lines = tree.lines(trace());

    assertThat(lines)
        .containsExactly(
            "Agent                 gen_ai.invoke_agent  2.10 s                                     ERROR",
            "├─ Choose a tool      gen_ai.chat          800 ms  gpt-4o  812 → 96 tokens  $0.00213  ok",
            "│     in  Where is order 4711?",
            "│     out [calls find]",
            "└─ execute_tool find  gen_ai.execute_tool  1.30 s                                     ERROR"
                + " timeout (HTTP 504)",
            "      in  {\"n\":1}");
  }

  @Test
  void lines_privacyMode_saysThatContentWasLeftOut() {
    TraceTree closed = new TraceTree(new Ink(false), _ -> true);

    List<String> lines = closed.lines(trace());

    assertThat(lines).containsOnlyOnce("│     content left out: privacy mode");
    assertThat(lines).noneMatch(line -> line.contains("order"));
  }

  @Test
  void lines_parentElsewhere_isRoot() {
    assertThat(tree.lines(List.of(span("2", "1", "alone", "function", 0, 5, "UNSET", Map.of()))))
        .containsExactly("alone  function  5 ms  ok");
  }

  @Test
  void lines_controlCharactersInName_neverReachTheTerminal() {
    assertThat(
            tree.lines(
                List.of(span("2", "", "a\u001b[31m\nb", "function", 0, 5, "UNSET", Map.of()))))
        .containsExactly("a [31m b  function  5 ms  ok");
  }

  @Test
  void lines_colour_onlyWhenAsked() {
    TraceTree coloured = new TraceTree(new Ink(true), _ -> false);

    assertThat(coloured.lines(trace())).anyMatch(line -> line.contains("\u001b["));
    assertThat(tree.lines(trace())).noneMatch(line -> line.contains("\u001b["));
  }

  @ParameterizedTest
  @CsvSource({"0.00213, $0.00213", "0.5, $0.50", "3, $3.00", "0, $0.00", "1e-9, <$0.000001"})
  void cost_dollars_readable(double dollars, String text) {
    assertThat(TraceTree.cost(dollars)).isEqualTo(text);
  }

  @Test
  void duration_unknown_isADash() {
    assertThat(TraceTree.duration(0)).isEqualTo("–");
  }

  @Test
  void cost_unknown_empty() {
    assertThat(TraceTree.cost(null)).isEmpty();
  }

  private static List<ReceivedSpan> trace() {
    Map<String, Object> chat = new LinkedHashMap<>();
    chat.put("gen_ai.response.model", "gpt-4o");
    chat.put("gen_ai.usage.input_tokens", 812L);
    chat.put("gen_ai.usage.output_tokens", 96L);
    chat.put("gen_ai.cost.total_tokens", 0.00213);
    chat.put("gen_ai.input.messages", INPUT);
    chat.put("gen_ai.output.messages", OUTPUT);
    return List.of(
        span(
            "3",
            "1",
            "execute_tool find",
            "gen_ai.execute_tool",
            800,
            2100,
            "ERROR",
            Map.of(
                "error.type", "timeout",
                "http.response.status_code", 504L,
                "gen_ai.tool.call.arguments", "{\"n\":1}")),
        span("2", "1", "Choose a tool", "gen_ai.chat", 0, 800, "UNSET", chat),
        span("1", "", "Agent", "gen_ai.invoke_agent", 0, 2100, "ERROR", Map.of()));
  }

  private static ReceivedSpan span(
      String id,
      String parent,
      String name,
      String op,
      long startMillis,
      long endMillis,
      String status,
      Map<String, Object> attributes) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.put("sentry.op", op);
    return new ReceivedSpan(
        "t",
        id,
        parent,
        name,
        "INTERNAL",
        status,
        "",
        startMillis * 1_000_000,
        endMillis * 1_000_000,
        0,
        0,
        0,
        all,
        Map.of(),
        Map.of(),
        "1",
        "key");
  }
}
