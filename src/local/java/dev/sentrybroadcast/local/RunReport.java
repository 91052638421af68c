package dev.sentrybroadcast.local;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Follows every message to its end and shows what arrived, what came back, and why. */
final class RunReport {

  private final Screen screen;
  private final @Nullable SentryStandIn sentry;
  private final Function<ReceivedSpan, String> destinationOf;
  private final TraceTree tree;
  private final Readings readings;
  private final PrintStream functionLog;

  // Guarded by this.
  private final Map<String, Sample> samples = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private final Set<String> deadLettered = new HashSet<>();
  private final Set<String> shown = new HashSet<>();
  private int seenSpans;
  private long inputTokens;
  private long outputTokens;
  private double dollars;
  private final Set<String> traces = new HashSet<>();

  /**
   * A report of one run.
   *
   * @param sentry null when the spans go to a real Sentry
   */
  RunReport(
      Screen screen,
      @Nullable SentryStandIn sentry,
      Function<ReceivedSpan, String> destinationOf,
      TraceTree tree,
      Readings readings,
      PrintStream functionLog) {
    this.screen = screen;
    this.sentry = sentry;
    this.destinationOf = destinationOf;
    this.tree = tree;
    this.readings = readings;
    this.functionLog = functionLog;
  }

  synchronized void expect(String messageId, Sample sample) {
    samples.put(messageId, sample);
  }

  /** A line of the function's log; the reason why a message came back is in one. */
  synchronized void log(String text) {
    functionLog.print(text);
    functionLog.flush();
    try {
      JsonNode line = JsonNode.parser().parse(text);
      String id = line.field("messageId").map(JsonNode::text).orElse("");
      line.field("detail").ifPresent(detail -> reasons.put(id, detail.text()));
    } catch (RuntimeException _) {
      // Not one of the function's own lines.
    }
  }

  synchronized void invoked(LambdaEventSource.Invocation invocation) {
    showNewTraces();
    int accepted = 0;
    for (Message message : invocation.messages()) {
      String id = message.messageId();
      if (sentry == null) {
        showNotes(message);
      }
      if (invocation.failed().contains(id)) {
        String count =
            message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
        screen.step(
            screen.ink().red("came back")
                + "  "
                + name(id)
                + ", receive "
                + count
                + ": "
                + reasons.getOrDefault(id, "see the function's log"));
      } else {
        delivered.add(id);
        accepted++;
      }
    }
    if (sentry == null && accepted > 0) {
      screen.step(screen.ink().green("accepted by Sentry") + "  " + accepted + " messages");
    }
  }

  synchronized void deadLetter(String messageId) {
    if (deadLettered.add(messageId)) {
      screen.step(
          screen.ink().red("dead letter")
              + "  "
              + name(messageId)
              + " is in "
              + LocalQueues.GENERATIONS
              + "-dead-letter: "
              + reasons.getOrDefault(messageId, "see the function's log"));
    }
  }

  /** Why a message came back last; empty where the function's log does not say. */
  synchronized String reason(String messageId) {
    return reasons.getOrDefault(messageId, "");
  }

  synchronized boolean samplesAreDone() {
    for (String id : samples.keySet()) {
      if (!delivered.contains(id) && !deadLettered.contains(id)) {
        return false;
      }
    }
    return true;
  }

  /** One line for each sample that did not end as it was meant to. */
  synchronized List<String> surprises() {
    List<String> surprises = new ArrayList<>();
    for (Map.Entry<String, Sample> entry : samples.entrySet()) {
      Sample sample = entry.getValue();
      boolean arrived = delivered.contains(entry.getKey());
      if (arrived == sample.meantToFail()) {
        surprises.add(
            sample.file()
                + (arrived
                    ? " was delivered, but is meant to fail"
                    : " did not arrive: "
                        + reasons.getOrDefault(entry.getKey(), "it is still on the queue")));
      }
    }
    return surprises;
  }

  synchronized String totals() {
    String messages =
        delivered.size()
            + " messages delivered, "
            + deadLettered.size()
            + (deadLettered.size() == 1 ? " dead letter" : " dead letters");
    if (sentry == null) {
      return messages;
    }
    return messages
        + "; "
        + sentry.requests().size()
        + " requests, "
        + traces.size()
        + " traces, "
        + shown.size()
        + " spans; "
        + inputTokens
        + " → "
        + outputTokens
        + " tokens, "
        + TraceTree.cost(dollars);
  }

  private void showNewTraces() {
    if (sentry == null) {
      return;
    }
    List<ReceivedSpan> all = sentry.spans();
    Map<String, List<ReceivedSpan>> fresh = new LinkedHashMap<>();
    for (ReceivedSpan span : all.subList(seenSpans, all.size())) {
      String trace = span.traceId() + "@" + span.publicKey();
      // A span that was sent again has the same id: Sentry stores it once.
      if (shown.add(trace + "/" + span.spanId())) {
        fresh.computeIfAbsent(trace, _ -> new ArrayList<>()).add(span);
        add(span);
      }
    }
    seenSpans = all.size();
    for (List<ReceivedSpan> trace : fresh.values()) {
      ReceivedSpan first = trace.getFirst();
      screen.line("");
      screen.line(
          screen.ink().dim("trace ")
              + first.traceId()
              + screen.ink().dim(" → destination ")
              + destinationOf.apply(first));
      tree.lines(trace).forEach(screen::line);
      showNotes(first.traceId());
    }
    if (!fresh.isEmpty()) {
      screen.line("");
    }
  }

  /** Of a message whose traces are shown elsewhere. */
  private void showNotes(Message message) {
    Readings.Reading reading = readings.of(message.messageId());
    if (reading != null) {
      reading.traceIds().forEach(this::showNotes);
    }
  }

  private void showNotes(String traceId) {
    for (Readings.Note note : readings.ofTrace(traceId)) {
      note.sentences()
          .forEach(sentence -> screen.line(screen.ink().bold("! ") + Ink.line(sentence, 160)));
    }
  }

  private void add(ReceivedSpan span) {
    traces.add(span.traceId());
    inputTokens += number(span, "gen_ai.usage.input_tokens").longValue();
    outputTokens += number(span, "gen_ai.usage.output_tokens").longValue();
    dollars += number(span, "gen_ai.cost.total_tokens").doubleValue();
  }

  private static Number number(ReceivedSpan span, String attribute) {
    Number number = span.number(attribute);
    return number == null ? 0 : number;
  }

  private String name(String messageId) {
    Sample sample = samples.get(messageId);
    return sample == null ? "message " + messageId : sample.file();
  }
}
