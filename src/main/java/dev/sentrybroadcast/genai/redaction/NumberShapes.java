package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the numbers of {@link NumberRules} by a trie over lengths of groups and separators. */
final class NumberShapes {

  private static final int MAX_DIGITS = 19;
  private static final String SEPARATORS = "_-./+";
  private static final Node ROOT = new Node();

  static {
    for (NumberRules.Rule rule : NumberRules.ALL) {
      for (String form : rule.forms()) {
        boolean inContext = form.startsWith("?");
        ROOT.add(inContext ? form.substring(1) : form, new End(rule, inContext));
      }
    }
  }

  /** A number that was found. */
  record Match(Redaction.Kind kind, int end) {}

  private record End(NumberRules.Rule rule, boolean inContext) {}

  private NumberShapes() {}

  /** The longest number that begins at the digit at {@code start}; null where there is none. */
  static @Nullable Match at(String text, int start, int limit, Context.Finder context) {
    Node node = ROOT;
    Match match = null;
    int group = start;
    while (node != null) {
      int end = digitsEnd(text, group, Math.min(limit, group + MAX_DIGITS + 1));
      Node reached = end - group > MAX_DIGITS ? null : node.groups[end - group];
      if (reached == null) {
        return match;
      }
      if (!reached.ends.isEmpty() && isFreeAfter(text, end, limit)) {
        Redaction.Kind kind = reached.kind(digits(text, start, end), start, context);
        match = kind == null ? match : new Match(kind, end);
      }
      int separator = end < limit - 1 ? separator(text.charAt(end)) : -1;
      node = separator < 0 || !isDigit(text.charAt(end + 1)) ? null : reached.separators[separator];
      group = end + 1;
    }
    return match;
  }

  private static String digits(String text, int start, int end) {
    StringBuilder digits = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      if (isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    return digits.toString();
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

  private static final class Node {

    final @Nullable Node[] groups = new Node[MAX_DIGITS + 1];
    final @Nullable Node[] separators = new Node[SEPARATORS.length()];
    final List<End> ends = new ArrayList<>();

    void add(String form, End end) {
      int length = 0;
      int i = 0;
      while (i < form.length() && isDigit(form.charAt(i))) {
        length = length * 10 + form.charAt(i++) - '0';
      }
      Node reached = child(groups, length);
      if (i == form.length()) {
        reached.ends.add(end);
      } else {
        child(reached.separators, SEPARATORS.indexOf(form.charAt(i)))
            .add(form.substring(i + 1), end);
      }
    }

    private static Node child(@Nullable Node[] children, int index) {
      Node child = children[index];
      if (child == null) {
        child = new Node();
        children[index] = child;
      }
      return child;
    }

    Redaction.@Nullable Kind kind(String digits, int start, Context.Finder context) {
      for (End end : ends) {
        if (end.rule.check().test(digits)
            && (!end.inContext || context.isNear(end.rule.context(), start))) {
          return end.rule.kind();
        }
      }
      return null;
    }
  }
}
