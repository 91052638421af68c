package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Span trees as readable text, compared with the files under {@code src/test/resources/golden}: a
 * change in mapping shows as a diff. {@code -Dgolden.update=true} writes the files anew.
 */
public final class GoldenSpans {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private GoldenSpans() {}

  /** Compares with {@code golden/{name}.txt}; subfolders in the name are made. */
  public static void assertGolden(String name, SpanTree tree) {
    assertGolden(name, render(tree));
  }

  /** The same for a text that a test composed, as of the several trees of one message. */
  public static void assertGolden(String name, String actual) {
    Path file = FOLDER.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Path folder = file.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(file, actual);
      }
      assertThat(file).as("run with -Dgolden.update=true to write it").exists();
      assertThat(actual).as(name).isEqualTo(Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One block for the resource and one for each span, one fact on each line. */
  public static String render(SpanTree tree) {
    StringBuilder out = new StringBuilder();
    if (!tree.spans().isEmpty()) {
      SpanData first = tree.spans().getFirst();
      out.append("resource\n");
      first.getResource().getAttributes().forEach((key, value) -> attribute(out, key, value));
      line(
          out,
          "scope",
          first.getInstrumentationScopeInfo().getName()
              + ' '
              + first.getInstrumentationScopeInfo().getVersion());
    }
    for (SpanData span : tree.spans()) {
      out.append('\n');
      span(out, span);
    }
    if (tree.errorEvent() != null) {
      out.append("\nerror event\n");
      line(out, "id", tree.errorEvent().eventId());
      line(out, "span", tree.errorEvent().traceId() + ' ' + tree.errorEvent().spanId());
      line(out, "at", time(tree.errorEvent().timestampEpochNanos()));
      line(out, "type", tree.errorEvent().type());
      line(out, "value", tree.errorEvent().value());
      line(out, "fingerprint", tree.errorEvent().fingerprint());
      line(out, "tags", tree.errorEvent().tags());
      line(out, "transaction", String.valueOf(tree.errorEvent().transaction()));
      line(out, "user", String.valueOf(tree.errorEvent().userId()));
      line(out, "environment", String.valueOf(tree.errorEvent().environment()));
      line(out, "release", String.valueOf(tree.errorEvent().release()));
    }
    return out.toString();
  }

  private static void span(StringBuilder out, SpanData span) {
    out.append(printable(span.getName())).append('\n');
    line(out, "kind", span.getKind());
    StatusData status = span.getStatus();
    line(out, "status", (status.getStatusCode() + " " + status.getDescription()).strip());
    line(out, "trace", span.getTraceId());
    line(out, "span", span.getSpanId());
    line(out, "parent", span.getParentSpanContext().isValid() ? span.getParentSpanId() : "none");
    line(out, "start", time(span.getStartEpochNanos()));
    line(out, "end", time(span.getEndEpochNanos()));
    Map<String, Runnable> lines = new TreeMap<>();
    span.getAttributes()
        .forEach((key, value) ->
            assertThat(lines.put(key.getKey(), () -> attribute(out, key, value)))
                .as("twice: " + key.getKey())
                .isNull());
    lines.values().forEach(Runnable::run);
  }

  private static void attribute(StringBuilder out, AttributeKey<?> key, Object value) {
    line(out, key.getKey() + " (" + key.getType() + ")", value);
  }

  private static void line(StringBuilder out, String name, Object value) {
    out.append("  ").append(name).append(": ").append(printable(value.toString())).append('\n');
  }

  private static String time(long epochNanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND))
        .toString();
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else {
        out.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return out.toString();
  }
}
