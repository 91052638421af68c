package dev.sentrybroadcast.intake.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells names from sentences: what leaves in privacy mode must not be able to quote a prompt. Reads
 * tables of names.
 */
public final class Words {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:/-]{1,64}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private Words() {}

  /** A table: the words of each line by its first word. Lines with the same first word are one. */
  public static Map<String, List<String>> table(String lines) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : lines.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      rows.computeIfAbsent(words.getFirst(), _ -> new ArrayList<>())
          .addAll(words.subList(1, words.size()));
    }
    return rows;
  }

  /** At most 64 letters, digits and {@code _ - . : /}; no spaces. */
  public static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** A word as types and codes of errors are: it starts with a letter. */
  public static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  /** True or false, as such or as a word; null for anything else. */
  public static @Nullable Boolean flag(@Nullable JsonValue value) {
    if (value instanceof JsonValue.Bool(boolean flag)) {
      return flag;
    }
    String text = JsonValue.text(value);
    boolean isTrue = "true".equalsIgnoreCase(text);
    boolean isFlag = isTrue || "false".equalsIgnoreCase(text);
    return isFlag ? Boolean.valueOf(isTrue) : null;
  }
}
