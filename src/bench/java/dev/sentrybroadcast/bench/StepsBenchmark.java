package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each step of a batch costs: reading, mapping, writing protobuf, compressing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx435m", "--enable-native-access=ALL-UNNAMED"})
public class StepsBenchmark {

  private static final ContentLimits LIMITS = new ContentLimits(64 * 1024, 512 * 1024);

  /** Records, and bytes of each. */
  @Param({"1000x1500", "100x6000", "60x90000", "6x900000"})
  public String batch = "";

  @Param({"OFF", "ON"})
  public PrivacyMode privacy = PrivacyMode.OFF;

  private final RecordDecoder decoder = new RecordDecoder();
  private final GenerationSpans mapper = new GenerationSpans("bench", "0");
  private List<QueuedMessage> messages = List.of();
  private List<SpanData> spans = List.of();
  private byte[] protobuf = {};

  /** Prepares what each step is given. */
  @Setup
  public void prepare() {
    int x = batch.indexOf('x');
    messages =
        Records.messages(
            Integer.parseInt(batch.substring(0, x)), Integer.parseInt(batch.substring(x + 1)));
    spans = mapped();
    protobuf = marshal();
  }

  /** Reads every record. */
  @Benchmark
  public List<Generation> parse() {
    List<Generation> generations = new ArrayList<>(messages.size());
    for (QueuedMessage message : messages) {
      for (Decoded decoded : decoder.decode(message)) {
        if (decoded instanceof Decoded.Valid(Generation generation)) {
          generations.add(generation);
        }
      }
    }
    return generations;
  }

  /** Reads and maps every record: content is read only as far as it is disclosed. */
  @Benchmark
  public List<SpanData> parseAndMap() {
    return mapped();
  }

  /** Writes the spans as protobuf. */
  @Benchmark
  public byte[] marshal() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
      TraceRequestMarshaler.create(spans).writeBinaryTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compresses the protobuf as it is sent. */
  @Benchmark
  public int gzip() {
    Deflater level1 = new Deflater(Deflater.BEST_SPEED, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    try (OutputStream deflated = new DeflaterOutputStream(out, level1, 16 * 1024)) {
      deflated.write(protobuf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      level1.end();
    }
    return out.size();
  }

  private List<SpanData> mapped() {
    List<SpanData> all = new ArrayList<>();
    for (Generation generation : parse()) {
      all.addAll(mapper.spans(generation, privacy, LIMITS).spans());
    }
    return all;
  }
}
