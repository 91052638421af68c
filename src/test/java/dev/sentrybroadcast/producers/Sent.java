package dev.sentrybroadcast.producers;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that leaves for one message. Only this class of the package calls the product.
 *
 * @param spans without repetitions of the same ids, as Sentry stores them
 * @param malformed reasons
 * @param ignored reasons
 * @param corrections what intake mended or dropped, as text
 * @param text all bytes of the OTLP requests and the error events, and what is logged
 */
record Sent(
    List<SentSpan> spans,
    List<String> malformed,
    List<String> ignored,
    String corrections,
    String text) {

  private static final Instant SENT_AT = Instant.parse("2026-11-29T16:00:00Z");
  private static final RecordDecoder DECODER = new RecordDecoder();
  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");
  private static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  static Sent of(String message, boolean privacy) {
    return of(message, ContentRules.of(privacy ? PrivacyMode.ON : PrivacyMode.OFF));
  }

  static Sent of(String message, ContentRules rules) {
    List<SentSpan> spans = new ArrayList<>();
    List<String> malformed = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    StringBuilder corrections = new StringBuilder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    QueuedMessage queued =
        new QueuedMessage("message-1", message, SENT_AT.toEpochMilli(), null, null);
    for (Decoded decoded : DECODER.decode(queued)) {
      switch (decoded) {
        case Decoded.Valid valid -> {
          SpanTree tree = SPANS.spans(valid.record(), rules, LIMITS);
          tree.spans().forEach(span -> spans.add(SentSpan.of(span)));
          corrections.append(valid.record().corrections());
          write(tree, bytes);
        }
        case Decoded.Malformed reason -> malformed.add(reason.reason());
        case Decoded.Ignored reason -> ignored.add(reason.what());
        case Decoded.Stored _ -> throw new AssertionError("an object");
        case Decoded.Unavailable reason -> malformed.add(reason.cause());
      }
    }
    String text = bytes.toString(StandardCharsets.UTF_8) + malformed + ignored + corrections;
    return new Sent(SentSpan.distinct(spans), malformed, ignored, corrections.toString(), text);
  }

  private static void write(SpanTree tree, ByteArrayOutputStream bytes) {
    try {
      TraceRequestMarshaler.create(tree.spans()).writeBinaryTo(bytes);
      if (tree.errorEvent() != null) {
        bytes.writeBytes(tree.errorEvent().envelope("1.2.3", SENT_AT));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
