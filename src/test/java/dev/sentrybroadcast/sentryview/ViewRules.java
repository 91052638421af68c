package dev.sentrybroadcast.sentryview;

import static dev.sentrybroadcast.sentryview.StoredSpan.CONVERSATION;
import static dev.sentrybroadcast.sentryview.StoredSpan.DEFINITIONS;
import static dev.sentrybroadcast.sentryview.StoredSpan.EMBEDDED;
import static dev.sentrybroadcast.sentryview.StoredSpan.INPUT;
import static dev.sentrybroadcast.sentryview.StoredSpan.OPERATION;
import static dev.sentrybroadcast.sentryview.StoredSpan.OUTPUT;
import static dev.sentrybroadcast.sentryview.StoredSpan.RENAMED;
import static dev.sentrybroadcast.sentryview.StoredSpan.RESULT;
import static dev.sentrybroadcast.sentryview.StoredSpan.SYSTEM;
import static dev.sentrybroadcast.sentryview.StoredSpan.USAGE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sentrybroadcast.sentryview.ViewFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rules by which Sentry's AI views read spans, as a list of what they would lose. */
final class ViewRules {

  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");
  private static final Pattern NOT_IN_AN_ADDRESS = Pattern.compile("[/\\\\%?#\\s]");
  private static final Pattern MEMORY =
      Pattern.compile("(search|create|upsert|update|delete)_memory|(create|delete)_memory_store");
  private static final long SPAN_BYTES = 1_000_000;
  private static final long SAME_INSTANT_NANOS = 1_000;

  private final List<ViewFault> faults = new ArrayList<>();

  private ViewRules() {}

  /** Faults of the spans of one message; spans with the same conversation id make a transcript. */
  static List<ViewFault> faults(List<StoredSpan> spans) {
    ViewRules rules = new ViewRules();
    spans.forEach(rules::judge);
    spans.stream()
        .filter(span -> !span.text(CONVERSATION).isEmpty())
        .collect(Collectors.groupingBy(span -> span.text(CONVERSATION)))
        .values()
        .forEach(rules::judgeTranscript);
    return rules.faults;
  }

  private void judge(StoredSpan span) {
    if (span.type() == null) {
      add(span, Kind.ERROR_COUNT, span.failed() && !span.text(CONVERSATION).isEmpty(), "");
      return;
    }
    judgeMessages(span, INPUT, "user");
    judgeMessages(span, OUTPUT, "assistant");
    judgeAnswers(span);
    judgeSystem(span);
    judgeTool(span);
    judgeNumbers(span);
    for (String key : List.of(RESULT, EMBEDDED)) {
      JsonNode json = ShownMessage.json(span.text(key));
      add(span, Kind.QUOTED, json != null && json.isString(), key);
    }
    if (span.evaluates()) {
      Map.of(INPUT, "state", OUTPUT, "answers")
          .forEach((key, field) ->
              add(span, Kind.EVALUATION, !isEvaluation(span.text(key), field), key));
    }
    boolean remembers = MEMORY.matcher(span.text(OPERATION)).matches();
    boolean noModel = span.is("ai_client") && span.text("gen_ai.response.model").isEmpty();
    add(span, Kind.NO_MODEL, noModel && !remembers, "");
    boolean noAgent =
        span.text("gen_ai.agent.name").isEmpty() && span.text("gen_ai.function_id").isEmpty();
    add(span, Kind.NAMELESS, span.is("agent") && noAgent, "agent");
    String conversation = span.text(CONVERSATION);
    add(span, Kind.CONVERSATION_ID, NOT_IN_AN_ADDRESS.matcher(conversation).find(), "");
    RENAMED.forEach((old, current) -> {
      boolean alone = span.sent().containsKey(old) && !span.sent().containsKey(current);
      add(span, Kind.OLD_NAME, alone, old);
    });
    add(span, Kind.TOO_LARGE, bytes(span) > SPAN_BYTES, "");
  }

  private void judgeMessages(StoredSpan span, String key, String role) {
    String text = span.text(key);
    boolean json = ShownMessage.looksLikeJson(text);
    add(span, Kind.CUT_JSON, json && ShownMessage.json(text) == null, key);
    if (span.evaluates()) {
      return;
    }
    boolean input = key.equals(INPUT);
    for (ShownMessage message : ShownMessage.read(text, role)) {
      Set<String> unseen = message.unseenKinds(input);
      boolean onlyResults = message.kinds().equals(Set.of("tool_call_response"));
      boolean asUser = input && message.role().equals("user") && onlyResults;
      boolean unreadable = message.drawnAsInput().contains("[object Object]");
      add(span, Kind.ROLE, !ROLES.contains(message.role()), key + " " + message.role());
      add(span, Kind.OBJECT_OBJECT, unreadable, key + " of " + message.role());
      add(span, Kind.TOOL_AS_USER, asUser, key);
      add(span, Kind.MIME, message.hasMediaWithoutType(), key);
      add(span, Kind.PART_UNSEEN, !unseen.isEmpty(), key + " " + message.role() + " " + unseen);
    }
  }

  private void judgeAnswers(StoredSpan span) {
    List<ShownMessage> messages = ShownMessage.read(span.text(OUTPUT), "assistant");
    List<ShownMessage> answers =
        messages.stream().anyMatch(ShownMessage::roleGiven)
            ? messages.stream().filter(message -> message.role().equals("assistant")).toList()
            : messages.stream().skip(Math.max(0, messages.size() - 1)).toList();
    boolean nothing =
        !answers.isEmpty() && answers.stream().noneMatch(ShownMessage::isDrawnAsOutput);
    add(span, Kind.EMPTY_OUTPUT, nothing && !span.evaluates(), "");
    add(span, Kind.CHOICES, answers.size() > 1, answers.size() + " answers");
  }

  private void judgeSystem(StoredSpan span) {
    String system = span.text(SYSTEM);
    ShownMessage first =
        ShownMessage.read(span.text(INPUT), "user").stream()
            .filter(message -> !message.drawnAsInput().isEmpty())
            .findFirst()
            .orElse(null);
    boolean hidden =
        first != null
            && first.role().equals("system")
            && !first.drawnAsInput().equals(ShownMessage.instructions(system));
    add(span, Kind.SYSTEM_UNSEEN, !system.isEmpty() && hidden, "");
  }

  private void judgeTool(StoredSpan span) {
    JsonNode definitions = ShownMessage.json(span.text(DEFINITIONS));
    boolean nested =
        definitions != null
            && definitions.valueStream().anyMatch(tool -> tool.path("name").asString("").isEmpty());
    add(span, Kind.DEFINITION, nested, "");
    if (span.is("tool")) {
      add(span, Kind.NAMELESS, span.text("gen_ai.tool.name").isEmpty(), "tool");
      add(span, Kind.SILENT_TOOL, span.failed() && span.text(RESULT).isEmpty(), "");
    }
  }

  /** The parts of the tokens are inside their whole, or stand beside it; one reading has to fit. */
  private void judgeNumbers(StoredSpan span) {
    double input = span.number(USAGE + "input_tokens");
    double cached = span.number(USAGE + "cache_read.input_tokens");
    double output = span.number(USAGE + "output_tokens");
    double reasoning = span.number(USAGE + "reasoning.output_tokens");
    double total = input + output;
    boolean negative = Stream.of(input, cached, output, reasoning).anyMatch(count -> count < 0);
    boolean outside = Math.abs(Math.max(input, cached) + output - total) > Math.max(1, total / 100);
    boolean known = input != 0 && output != 0;
    add(span, Kind.TOKENS, known && (negative || outside), "");
    add(span, Kind.COST, span.number("gen_ai.cost.total_tokens") < 0, "");
  }

  /** A tool belongs to the turn between the ends of two calls, both excluded. */
  private void judgeTranscript(List<StoredSpan> conversation) {
    List<Long> ends =
        Stream.concat(
                Stream.of(0L),
                conversation.stream().filter(StoredSpan::isTurn).map(StoredSpan::end))
            .sorted(Comparator.naturalOrder())
            .toList();
    for (StoredSpan tool : conversation) {
      boolean homeless = true;
      for (int i = 1; i < ends.size(); i++) {
        homeless &= !(ends.get(i - 1) < tool.end() && tool.end() < ends.get(i));
      }
      boolean together =
          ends.stream().anyMatch(end -> Math.abs(end - tool.end()) < SAME_INSTANT_NANOS);
      add(tool, Kind.TOOL_UNSEEN, tool.is("tool") && homeless && together, "");
    }
  }

  private static boolean isEvaluation(String text, String field) {
    if (text.isEmpty()) {
      return true;
    }
    JsonNode json = ShownMessage.json(text);
    Stream<JsonNode> items =
        json == null ? Stream.of() : json.isArray() ? json.valueStream() : Stream.of(json);
    return items.anyMatch(
        item -> item.path("type").asString("").equals("evaluation") && item.has(field));
  }

  private static long bytes(StoredSpan span) {
    return span.sent().entrySet().stream()
        .mapToLong(entry -> (entry.getKey() + entry.getValue()).getBytes(UTF_8).length)
        .sum();
  }

  private void add(StoredSpan span, Kind kind, boolean holds, @Nullable String detail) {
    if (holds) {
      faults.add(new ViewFault(span, kind, detail == null ? "" : detail));
    }
  }

  static Map<Kind, Long> byKind(List<ViewFault> faults) {
    return faults.stream()
        .collect(Collectors.groupingBy(ViewFault::kind, TreeMap::new, Collectors.counting()));
  }
}
