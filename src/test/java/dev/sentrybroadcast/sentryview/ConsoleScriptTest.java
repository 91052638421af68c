package dev.sentrybroadcast.sentryview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.GoldenSpans;
import dev.sentrybroadcast.sentry.DefaultScrubbing;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console's own script draws what Sentry draws, and finds the same faults as the rules here.
 */
@EnabledIf(value = "isNodeInstalled", disabledReason = "node is not on the PATH")
final class ConsoleScriptTest {

  private static final List<String> SCRIPTS =
      List.of(
          "src/local/resources/console/sentry-messages.js",
          "src/local/resources/console/sentry-view.js",
          "src/local/resources/console/sentry-faults.js",
          "src/test/resources/console/report.js");

  @TempDir private Path folder;

  static boolean isNodeInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor(10, TimeUnit.SECONDS);
    } catch (IOException _) {
      return false;
    }
  }

  @BeforeEach
  void copyScripts() throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    for (String script : SCRIPTS) {
      Path file = Path.of(script);
      Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
  }

  @Test
  void transcripts_ofTheEvents_areThoseOfSentry() throws Exception {
    // As the console has them: the events' records share conversations.
    List<SpanData> spans = ProductSpans.of(ProductSpans.events().values().toArray(String[]::new));
    GoldenSpans.assertGolden("sentry-view/events", run("transcripts", SpanLines.of("", spans)));
  }

  @Test
  void faults_ofAllInputs_areThoseOfTheRules() throws Exception {
    Map<String, String> inputs = ProductSpans.inputs();
    List<String> expected = new ArrayList<>();
    inputs.forEach((name, body) -> {
      List<StoredSpan> spans = ProductSpans.of(body).stream().map(StoredSpan::of).toList();
      for (ViewFault fault : ViewRules.faults(spans)) {
        expected.add(name + " " + fault.span().id() + " " + fault.kind().word());
      }
    });
    assertThat(run("faults", lines(inputs)).lines().filter(line -> !line.isEmpty()).distinct())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(expected));
  }

  @Test
  void scrubbedMetadata_ofAllInputs_isThatOfSentrysRules() throws Exception {
    Map<String, String> inputs = ProductSpans.inputs();
    Set<String> expected = new TreeSet<>();
    for (String body : inputs.values()) {
      for (SpanData span : ProductSpans.of(body)) {
        StoredSpan.of(span)
            .sent()
            .forEach((name, value) -> {
              if (DefaultScrubbing.hides(name, value)) {
                expected.add(name);
              }
            });
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(run("scrubbed", lines(inputs)).lines()).containsExactlyElementsOf(expected);
  }

  private static String lines(Map<String, String> inputs) {
    StringBuilder lines = new StringBuilder();
    inputs.forEach((name, body) -> lines.append(SpanLines.of(name, ProductSpans.of(body))));
    return lines.toString();
  }

  private String run(String report, String spans) throws Exception {
    Path lines = folder.resolve("spans.jsonl");
    Files.writeString(lines, spans);
    Process node =
        new ProcessBuilder("node", folder.resolve("report.js").toString(), report)
            .redirectInput(lines.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);
    assertThat(node.waitFor()).as(output).isZero();
    return output;
  }
}
