package dev.sentrybroadcast.sentryview;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The spans of this project's inputs, with content. Only this class calls the product. */
public final class ProductSpans {

  private static final Path EVENTS = Path.of("events");
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final List<String> FOLDERS = List.of("fixtures", "cases", "recordings");
  private static final long SENT = Instant.parse("2026-11-20T12:00:05Z").toEpochMilli();

  /** Of the encrypted messages among the fixtures; it protects nothing. */
  private static final String KEY =
      """
      {"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "aad": "sentry-broadcast example"}\
      """;

  private static final RecordDecoder DECODER =
      new RecordDecoder(
          () -> new KeySource.Secret.Value(KEY), Duration.ofMinutes(5), InstantSource.system());
  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");
  private static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  private ProductSpans() {}

  /** Bodies of queue messages by name: the events, and every folder of test inputs there is. */
  static Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>(events());
    FOLDERS.stream()
        .map(RESOURCES::resolve)
        .filter(Files::isDirectory)
        .flatMap(folder -> files(folder).stream())
        .forEach(file -> inputs.put(RESOURCES.relativize(file).toString(), read(file)));
    return inputs;
  }

  /** The messages of the packaged events by name, as {@code events/batch.json 3}. */
  public static Map<String, String> events() {
    Map<String, String> inputs = new TreeMap<>();
    for (Path file : files(EVENTS)) {
      JsonNode records = JsonMapper.shared().readTree(read(file)).path("Records");
      for (int i = 0; i < records.size(); i++) {
        inputs.put(file + " " + i, records.get(i).get("body").asString());
      }
    }
    return inputs;
  }

  /** Each span once: Sentry stores spans of equal ids once. */
  public static List<SpanData> of(String... bodies) {
    Map<String, SpanData> spans = new LinkedHashMap<>();
    for (String body : bodies) {
      QueuedMessage message = new QueuedMessage("message-1", body, SENT, null, null);
      for (Decoded decoded : DECODER.decode(message)) {
        if (decoded instanceof Decoded.Valid valid) {
          SPANS
              .spans(valid.record(), PrivacyMode.OFF, LIMITS)
              .spans()
              .forEach(span -> spans.putIfAbsent(span.getTraceId() + span.getSpanId(), span));
        }
      }
    }
    return List.copyOf(spans.values());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.toString().endsWith(".expected.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
