package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the numbers of {@link NumberRules} in a text by their groups of digits. */
final class NumberShapes {

  private static final int MAX_DIGITS = 19;
  private static final String SEPARATORS = "_-./+";

  /** By {@link #shape}: the rules of each form, and an empty list for what forms begin with. */
  private static final Map<Long, List<End>> BY_SHAPE = new HashMap<>();

  static {
    for (NumberRules.Rule rule : NumberRules.ALL) {
      for (String form : rule.forms()) {
        boolean inContext = form.startsWith("?");
        long shape = 0;
        for (String group : form.substring(inContext ? 1 : 0).split("(?=[_./+-])", -1)) {
          int separator = SEPARATORS.indexOf(group.charAt(0));
          int length = Integer.parseInt(separator < 0 ? group : group.substring(1));
          shape = shape(shape, separator, length);
          BY_SHAPE.computeIfAbsent(shape, _ -> new ArrayList<>());
        }
        BY_SHAPE.get(shape).add(new End(rule, inContext));
      }
    }
  }

  private final String text;
  private final int limit;
  private final Context.Finder context;
  private final Digits digits = new Digits();

  NumberShapes(String text, int limit, Context.Finder context) {
    this.text = text;
    this.limit = limit;
    this.context = context;
  }

  /** A number that was found. */
  record Match(Redaction.Kind kind, int end) {}

  private record End(NumberRules.Rule rule, boolean inContext) {}

  /** The longest number that begins at the digit at {@code start}; null where there is none. */
  @Nullable Match at(int start) {
    Match match = null;
    long shape = 0;
    int separator = -1;
    int group = start;
    digits.clear();
    while (true) {
      int end = digitsEnd(text, group, Math.min(limit, group + MAX_DIGITS + 1));
      shape = shape(shape, separator, end - group);
      List<End> ends = BY_SHAPE.get(shape);
      if (ends == null) {
        return match;
      }
      digits.add(text, group, end);
      if (!ends.isEmpty() && isFreeAfter(text, end, limit)) {
        Redaction.Kind kind = kind(ends, start);
        match = kind == null ? match : new Match(kind, end);
      }
      separator = end < limit - 1 ? separator(text.charAt(end)) : -1;
      if (separator < 0 || !isDigit(text.charAt(end + 1))) {
        return match;
      }
      group = end + 1;
    }
  }

  private Redaction.@Nullable Kind kind(List<End> ends, int start) {
    for (End end : ends) {
      if ((!end.inContext || context.isNear(end.rule.context(), start))
          && end.rule.check().test(digits)) {
        return end.rule.kind();
      }
    }
    return null;
  }

  /** Of up to 8 groups: the length of each, and the separator before it. */
  private static long shape(long before, int separator, int length) {
    return before << 8 | (separator + 1L) << 5 | length;
  }

  /** Whether no word and no further group follows. */
  static boolean isFreeAfter(String text, int end, int limit) {
    if (end >= limit) {
      return true;
    }
    char next = text.charAt(end);
    boolean joins = next == '-' || next == '.' || next == '/';
    return !Letters.isWord(next)
        && !(joins && end + 1 < limit && Letters.isWord(text.charAt(end + 1)));
  }

  static int digitsEnd(String text, int start, int limit) {
    int end = start;
    while (end < limit && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The index among the separators; -1 for another character. */
  static int separator(char c) {
    return switch (c) {
      case ' ', '\u00A0', '\u2007', '\u2009', '\u202F' -> 0;
      case '-', '\u2010', '\u2011', '\u2012', '\u2013' -> 1;
      case '.' -> 2;
      case '/' -> 3;
      case '+' -> 4;
      default -> -1;
    };
  }
}
