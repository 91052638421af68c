package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each recorded or constructed message of a real producer becomes at Sentry. */
class ProducerSpansTest {

  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final String KEY =
      "{\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\",\"aad\":\"sentry-broadcast example\"}";

  private static final RecordDecoder DECODER =
      new RecordDecoder(
          () -> new KeySource.Secret.Value(KEY), Duration.ofMinutes(5), InstantSource.system());
  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");
  private static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  static Stream<Path> messages() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> {
            String name = FIXTURES.relativize(file).toString();
            return name.startsWith("litellm-recorded/")
                || name.startsWith("otel-recorded/")
                || name.startsWith("openrouter/otlp-")
                || (name.startsWith("litellm/") && !name.contains("encrypted"));
          })
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_withContent_isAsTheGoldenFileHasIt(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Decoded decoded : decode(file)) {
      text.append(
          switch (decoded) {
            case Decoded.Valid(TelemetryRecord record) ->
                GoldenSpans.render(SPANS.spans(record, PrivacyMode.OFF, LIMITS))
                    + "\ncorrections\n  "
                    + record.corrections()
                    + "\n";
            case Decoded.Malformed malformed -> malformed.reason() + "\n";
            case Decoded.Ignored(String what) -> "ignored: " + what + "\n";
            case Decoded.Unavailable(String cause) -> "unavailable: " + cause + "\n";
          });
    }
    String name = FIXTURES.relativize(file).toString().replace(".json", "");
    GoldenSpans.assertGolden("producers/" + name, text.toString());
  }

  private static List<Decoded> decode(Path file) throws IOException {
    List<Decoded> decoded =
        DECODER.decode(
            new QueuedMessage(
                "message-1", Files.readString(file), 1_795_176_002_400L, 1, "receipt", null));
    assertThat(decoded).isNotEmpty();
    return decoded;
  }
}
