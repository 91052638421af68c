package dev.sentrybroadcast.genai.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.redaction.RedactionCorpus.Sample;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is found in the corpus, and what is not. The figures of docs/redaction.md; the corpus is
 * written to target/redaction-corpus.jsonl, for a comparison with other tools.
 */
final class RedactionCorpusTest {

  private static final double LEAST_RECALL = 0.98;
  private static final double LEAST_PRECISION = 0.98;
  private static final int MOST_FALSE = 12;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Redactor REDACTOR = new Redactor(Redaction.ALL);

  private static final Redactor WITH_KEY =
      new Redactor(
          new Redaction(
              Redaction.ALL.kinds(),
              Map.of(),
              new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "HmacSHA256")));

  /** Of one kind: what was found, missed, and found where nothing of the kind is. */
  private static final class Score {

    int found;
    int missed;
    int wrong;

    double recall() {
      return found / (double) (found + missed);
    }

    double precision() {
      return found / (double) (found + wrong);
    }
  }

  @Test
  void corpus_precisionAndRecall_areAtLeast() throws IOException {
    Map<Kind, Score> scores = new EnumMap<>(Kind.class);
    Redaction.ALL.kinds().forEach(kind -> scores.put(kind, new Score()));
    int falseInOrdinaryText = 0;
    List<String> lines = new ArrayList<>();
    for (Sample sample : samples()) {
      lines.add(JSON.writeValueAsString(sample));
      RedactionCounts counts = new RedactionCounts();
      String redacted = REDACTOR.text(sample.text(), counts);
      for (Kind kind : Redaction.ALL.kinds()) {
        Score score = scores.get(kind);
        long hits = counts.byName().getOrDefault(kind.id(), 0L);
        boolean isFound = kind == sample.kind() && hits > 0 && !redacted.contains(sample.value());
        score.found += isFound ? 1 : 0;
        score.missed += kind == sample.kind() && !isFound ? 1 : 0;
        score.wrong += (int) Math.max(0, hits - (isFound ? 1 : 0));
        falseInOrdinaryText += sample.kind() == null ? (int) hits : 0;
      }
    }
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.write(target.resolve("redaction-corpus.jsonl"), lines);
    List<String> report = new ArrayList<>();
    scores.forEach((kind, score) -> {
      report.add(
          "%s recall %.3f precision %.3f".formatted(kind.id(), score.recall(), score.precision()));
      assertThat(score.recall()).as("recall of %s", kind).isGreaterThanOrEqualTo(LEAST_RECALL);
      assertThat(score.precision())
          .as("precision of %s", kind)
          .isGreaterThanOrEqualTo(LEAST_PRECISION);
    });
    report.add(falseInOrdinaryText + " false in ordinary text");
    Files.write(target.resolve("redaction-report.txt"), report);
    assertThat(falseInOrdinaryText).isLessThanOrEqualTo(MOST_FALSE);
  }

  @Test
  void corpus_secondPass_changesNothing() {
    for (Redactor redactor : List.of(REDACTOR, WITH_KEY)) {
      for (Sample sample : samples()) {
        String once = redactor.text(sample.text(), new RedactionCounts());
        RedactionCounts counts = new RedactionCounts();

        assertThat(redactor.text(once, counts)).isEqualTo(once);
        assertThat(counts.byName()).isEmpty();
      }
    }
  }

  /** Neighbours without a space between them, too. */
  @Test
  void corpus_samplesInOneText_secondPassChangesNothing() {
    List<Sample> samples = samples();
    for (int i = 0; i + 7 < samples.size(); i += 3) {
      for (String between : List.of("", " ", "\n", ",", "=")) {
        String text = String.join(between, texts(samples, i * 31 % (samples.size() - 7)));
        String once = REDACTOR.text(text, new RedactionCounts());

        assertThat(REDACTOR.text(once, new RedactionCounts())).isEqualTo(once);
      }
    }
  }

  @Test
  void corpus_json_staysJson() {
    int json = 0;
    for (Sample sample : samples()) {
      if (isJson(sample.text())) {
        json++;
        assertThat(isJson(REDACTOR.text(sample.text(), new RedactionCounts()))).isTrue();
      }
      String quoted = JSON.writeValueAsString(Map.of(sample.text(), List.of(sample.text(), 1)));
      String redacted = REDACTOR.json(quoted, new RedactionCounts());
      assertThat(isJson(redacted)).isTrue();
    }
    assertThat(json).isGreaterThan(500);
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(RedactionCorpus.positives());
    samples.addAll(RedactionCorpus.negatives());
    return samples;
  }

  private static List<String> texts(List<Sample> samples, int from) {
    return samples.subList(from, from + 7).stream().map(Sample::text).toList();
  }

  private static boolean isJson(@Nullable String text) {
    try {
      return JSON.readTree(text).isContainer();
    } catch (JacksonException _) {
      return false;
    }
  }
}
