package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the numbers of {@link NumberRules} in a text by their groups of digits. */
final class NumberShapes {

  private static final int MAX_DIGITS = 19;

  /** A number of so many digits may be written as a decimal. */
  private static final int LONG = 14;

  private static final String SEPARATORS = "_-./+";

  private static final Node NOTHING = new Node();

  static {
    for (NumberRules.Rule rule : NumberRules.ALL) {
      for (String form : rule.forms()) {
        boolean inContext = form.startsWith("?");
        boolean alone = form.endsWith("!");
        Node node = NOTHING;
        for (String group : form.replaceAll("[?!]", "").split("(?=[_./+-])", -1)) {
          int separator = SEPARATORS.indexOf(group.charAt(0));
          int length = Integer.parseInt(separator < 0 ? group : group.substring(1));
          node = node.with(index(separator, length));
        }
        node.ends.add(new End(rule, inContext, alone));
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

  private record End(NumberRules.Rule rule, boolean inContext, boolean alone) {}

  /** What forms begin with: some groups. */
  private static final class Node {

    final @Nullable Node[] after = new Node[index(SEPARATORS.length(), 0)];
    final List<End> ends = new ArrayList<>();

    Node with(int group) {
      Node node = after[group];
      if (node == null) {
        node = new Node();
        after[group] = node;
      }
      return node;
    }
  }

  /** The longest number that begins at the digit at {@code start}; null where there is none. */
  @Nullable Match at(int start) {
    Match match = null;
    Node node = NOTHING;
    int separator = -1;
    int group = start;
    digits.clear();
    while (true) {
      int end = digitsEnd(text, group, Math.min(limit, group + MAX_DIGITS + 1));
      node = node.after[index(separator, end - group)];
      if (node == null) {
        return match;
      }
      digits.add(text, group, end);
      boolean isWhole = separator < 0 && end - start >= LONG && hasNoFraction(end);
      if (!node.ends.isEmpty() && (isWhole || isFreeAfter(text, end, limit))) {
        Redaction.Kind kind = kind(node.ends, start, end);
        match = kind == null ? match : new Match(kind, end);
      }
      separator = end < limit - 1 ? separator(text.charAt(end)) : -1;
      if (separator < 0 || !isDigit(text.charAt(end + 1))) {
        return match;
      }
      group = end + 1;
    }
  }

  private Redaction.@Nullable Kind kind(List<End> forms, int start, int end) {
    for (End form : forms) {
      if ((!form.inContext || context.isNear(form.rule.context(), start))
          && !(form.alone && isInRow(start, end))
          && form.rule.check().test(digits)) {
        return form.rule.kind();
      }
    }
    return null;
  }

  /** Whether it goes on with a fraction of zero: {@code 4111111111111111.0}. */
  private boolean hasNoFraction(int end) {
    int at = end + 1;
    while (at < limit && text.charAt(at) == '0') {
      at++;
    }
    return at > end + 1 && text.charAt(end) == '.' && isFreeAfter(text, at, limit);
  }

  /** Whether a further group stands before or after. */
  private boolean isInRow(int start, int end) {
    return (start > 1 && separator(text.charAt(start - 1)) >= 0 && isDigit(text.charAt(start - 2)))
        || (end + 1 < limit && separator(text.charAt(end)) >= 0 && isDigit(text.charAt(end + 1)));
  }

  /** The index of a group of this length after this separator; -1 for none before the first. */
  private static int index(int separator, int length) {
    return (separator + 1) * (MAX_DIGITS + 2) + length;
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

  /** Whether a number or an id may begin here, and not go on with what is before. */
  static boolean isFreeBefore(String text, int start, int floor) {
    if (start == floor || start == 0) {
      return true;
    }
    char before = text.charAt(start - 1);
    boolean joins = before == '-' || before == '.' || before == '/' || before == '+';
    return !joins || start - 1 == floor || !isDigit(text.charAt(start - 2));
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
      case ' ', '\u00A0', '\u2007', '\u2009', '\u202F', '\u3000' -> 0;
      case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\uFF0D' -> 1;
      case '.', '\uFF0E' -> 2;
      case '/' -> 3;
      case '+' -> 4;
      default -> -1;
    };
  }
}
