package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.destination.Rule.Operator;
import dev.sentrybroadcast.destination.Sampling.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which records are sent whatever the sampling rate says. Each part of it is a condition, and the
 * reason that it gives; the first that matches counts.
 */
record Keep(List<Part> parts) {

  static final Keep NOTHING = new Keep(List.of());

  Keep {
    parts = List.copyOf(parts);
  }

  /** A condition and the reason that it gives. */
  record Part(Reason reason, Condition condition) {}

  /** Reads {@code {"errors", "latency_ms", "cost", "tokens", "finish_reasons", "rules"}}. */
  static Keep read(SecretValue keep) throws InvalidJsonException {
    keep.allowOnly("errors", "latency_ms", "cost", "tokens", "finish_reasons", "rules");
    List<Part> parts = new ArrayList<>();
    SecretValue errors = keep.get("errors");
    if (errors.flag(false)) {
      parts.add(part(Reason.ERROR, errors.path(), "status", "error"));
    }
    above(parts, Reason.LATENCY, keep.get("latency_ms"), "latency_ms");
    above(parts, Reason.COST, keep.get("cost"), "total_cost");
    above(parts, Reason.TOKENS, keep.get("tokens"), "total_tokens");
    SecretValue reasons = keep.get("finish_reasons");
    for (SecretValue reason : reasons.elements("an array of finish reasons")) {
      String text = reason.text();
      if (text == null) {
        throw reason.expected("a finish reason");
      }
      parts.add(part(Reason.FINISH_REASON, reason.path(), "finish_reason", text));
    }
    for (Condition rule : Condition.rules(keep.get("rules"))) {
      parts.add(new Part(Reason.RULE, rule));
    }
    return new Keep(parts);
  }

  private static Part part(Reason reason, String path, String field, String value) {
    return new Part(
        reason, new Rule(path, field, Operator.EQUALS, value, null, /* isNumber= */ false, null));
  }

  private static void above(List<Part> parts, Reason reason, SecretValue limit, String field)
      throws InvalidJsonException {
    if (!limit.isNull()) {
      String text = limit.numberText();
      if (text == null || text.startsWith("-")) {
        throw limit.expected("a number from 0");
      }
      parts.add(new Part(reason, Rule.of(limit.path(), field, Operator.GT, limit)));
    }
  }

  /** Why the record is kept; empty where no part matches. */
  Optional<Reason> reason(RecordValues record) {
    return parts.stream()
        .filter(part -> part.condition.matches(record))
        .map(Part::reason)
        .findFirst();
  }
}
