package dev.sentrybroadcast;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.GoldenSpans;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each sample and each real body becomes, as text: a change in mapping shows as a diff. {@code
 * -Dgolden.update=true} writes the files anew.
 */
final class GoldenRecordsTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final long SENT = Instant.parse("2026-11-20T12:00:05Z").toEpochMilli();

  private static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  /** Of the encrypted messages among the fixtures; it protects nothing. */
  private static final String KEY =
      """
      {"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "aad": "sentry-broadcast example"}\
      """;

  private final RecordDecoder decoder =
      new RecordDecoder(
          () -> new KeySource.Secret.Value(KEY), Duration.ofMinutes(5), InstantSource.system());
  private final GenerationSpans spans = new GenerationSpans("sentry-broadcast", "1.2.3");

  static Stream<String> samples() {
    return names(Path.of("events")).filter(name -> !name.startsWith("connection-"));
  }

  static Stream<String> fixtures() {
    return names(FIXTURES);
  }

  @ParameterizedTest
  @MethodSource
  void samples(String name) {
    StringBuilder text = new StringBuilder();
    List<String> bodies = Samples.bodies(name + ".json");
    for (int i = 0; i < bodies.size(); i++) {
      text.append("message ").append(i).append('\n');
      text.append(render(name + "-" + i, bodies.get(i)));
    }
    GoldenSpans.assertGolden("events/" + name, text.toString());
  }

  @ParameterizedTest
  @MethodSource
  void fixtures(String name) throws IOException {
    String body = Files.readString(FIXTURES.resolve(name + ".json"));
    GoldenSpans.assertGolden("fixtures/" + name, render("message-1", body));
  }

  private String render(String messageId, String body) {
    StringBuilder text = new StringBuilder();
    for (Decoded decoded : decoder.decode(new QueuedMessage(messageId, body, SENT, null, null))) {
      text.append(
          switch (decoded) {
            case Decoded.Valid(TelemetryRecord record) ->
                GoldenSpans.render(spans.spans(record, PrivacyMode.OFF, LIMITS))
                    + "\ncorrections\n  "
                    + record.corrections()
                    + "\n";
            case Decoded.Malformed malformed -> malformed.reason() + "\n";
            case Decoded.Ignored(String what) -> "ignored: " + what + "\n";
            case Decoded.Stored _ -> throw new AssertionError("an object");
            case Decoded.Unavailable(String cause) -> "unavailable: " + cause + "\n";
          });
      text.append('\n');
    }
    return text.toString();
  }

  private static Stream<String> names(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
