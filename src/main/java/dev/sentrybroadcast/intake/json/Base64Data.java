package dev.sentrybroadcast.intake.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces inline data in a text with its kind and size. Data is what follows {@code ;base64,}, a
 * line of at least 512 base64 characters, or lines of one length that together are as long. The
 * lines can be joined by line breaks, commas, spaces or quotes, also escaped as in JSON.
 */
public final class Base64Data {

  /** So many base64 characters in a row are not a word of any language; 384 bytes of data. */
  static final int DATA_CHARS = 512;

  /** The shortest line of wrapped data, if its length is a multiple of four; tools use 60 to 76. */
  private static final int LINE_CHARS = 60;

  /** The shortest line of wrapped data with a {@code +}, which names do not have. */
  private static final int SHORT_LINE_CHARS = 32;

  private static final Pattern SEPARATOR =
      Pattern.compile("(?:[ \\t\\r\\n,;|\"']|\\\\[nrt\"\\\\]){1,24}+");

  private static final Pattern PERCENT_ENCODED = Pattern.compile("%(?:2[BbFf]|3[Dd])");

  private static final Pattern URL_SAFE = Pattern.compile("[_-]");
  private static final Pattern STANDARD = Pattern.compile("[+/]");
  private static final Pattern ONE_ALPHABET =
      Pattern.compile("[A-Za-z0-9+/\\\\]{512,}+=*|[A-Za-z0-9_-]{512,}+=*");

  /** The head of a data URL, or what is left of one; also percent-encoded. Group 1: MIME type. */
  private static final Pattern HEAD =
      Pattern.compile("(?i)(?:data(?::|%3a)([a-z0-9.+/;=%_-]{0,128}?))?(?:;|%3b)base64(?:,|%2c)");

  private Base64Data() {}

  /** The text itself where it holds no data. */
  public static String without(String text) {
    String clean = withoutUrls(text);
    return clean.length() < DATA_CHARS ? clean : withoutRuns(clean);
  }

  public static String placeholder(String kind, @Nullable String mimeType, long bytes) {
    String type = mimeType == null ? "" : ", " + mimeType;
    return "[left out: " + kind + type + ", " + bytes + " bytes]";
  }

  /** The size of the data that the base64 between two positions stands for. */
  public static long decodedBytes(CharSequence text, int start, int end) {
    int last = end;
    while (last > start && text.charAt(last - 1) == '=') {
      last--;
    }
    return (last - start) * 3L / 4;
  }

  /** Whether the text begins like base64 and is long enough to be data. */
  public static boolean isData(String text) {
    return text.length() >= 16 && text.chars().limit(64).allMatch(c -> isLetter(c) || c == '=');
  }

  /** What stands before the first {@code ;}, if it can be a MIME type. */
  public static @Nullable String mimeType(String head) {
    int end = head.indexOf(';');
    String type = end < 0 ? head : head.substring(0, end);
    return type.indexOf('/') > 0 && type.length() <= 127 ? type : null;
  }

  public static String modality(@Nullable String mimeType) {
    String kind = mimeType == null ? "" : mimeType.replaceFirst("/.*", "");
    return kind.equals("image") || kind.equals("audio") || kind.equals("video") ? kind : "document";
  }

  private static String withoutUrls(String text) {
    if (!saysBase64(text)) {
      return text;
    }
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    int copied = 0;
    do {
      Line data = lines(text, line(text, head.end()));
      String given = head.group(1) == null ? "" : head.group(1);
      String mimeType = mimeType(given.replaceAll("(?i)%2f", "/").replaceAll("(?i)%3b.*", ""));
      clean
          .append(text, copied, head.start())
          .append(placeholder(modality(mimeType), mimeType, data.letters() * 3L / 4));
      copied = data.end();
    } while (head.find(copied));
    return clean.append(text, copied, text.length()).toString();
  }

  /** Spares ordinary text the search for a head. */
  private static boolean saysBase64(String text) {
    for (int at = text.indexOf("64"); at >= 0; at = text.indexOf("64", at + 1)) {
      if (text.regionMatches(true, at - 4, "base", 0, 4)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutRuns(String text) {
    StringBuilder clean = new StringBuilder();
    int copied = 0;
    for (int at = candidate(text, 0); at >= 0; at = candidate(text, at)) {
      Line line = line(text, at);
      boolean escape = line.end() == at && text.charAt(at) == '\\';
      at = Math.max(escape ? separatorEnd(text, at) : line.end(), at + 1);
      Line all = lines(text, line);
      Line data = all.letters() < DATA_CHARS ? null : data(text, line, all);
      if (data != null) {
        clean
            .append(text, copied, data.start())
            .append(placeholder("data", null, data.letters() * 3L / 4));
        copied = data.end();
        at = copied;
      } else {
        at = Math.max(at, all.last()); // the last line can be the first one of others
      }
    }
    return copied == 0 ? text : clean.append(text, copied, text.length()).toString();
  }

  /** From where on as many characters as the shortest line has can be base64; else -1. */
  private static int candidate(String text, int from) {
    int start = from;
    for (int last = start + SHORT_LINE_CHARS - 1; last < text.length(); ) {
      int at = last;
      while (at >= start && isOfLine(text.charAt(at))) {
        at--;
      }
      if (at < start) {
        return start;
      }
      start = at + 1;
      last = start + SHORT_LINE_CHARS - 1;
    }
    return -1;
  }

  private static boolean isOfLine(char c) {
    return isLetter(c) || c == '\\' || c == '%';
  }

  /** The data in a line and those behind it; null where there is none. */
  private static @Nullable Line data(String text, Line first, Line all) {
    String data = text.substring(all.start(), all.end());
    if (!isVaried(data)) {
      return null;
    }
    boolean urlSafe = URL_SAFE.matcher(data).find();
    if (first.letters() < DATA_CHARS) {
      boolean wrapped = first.letters() >= LINE_CHARS && first.letters() % 4 == 0;
      return !urlSafe && (wrapped || data.indexOf('+') >= 0) ? all : null;
    }
    if (!urlSafe || !STANDARD.matcher(data).find()) {
      return all;
    }
    // Two alphabets: data behind a name, or a name that is longer than any line of data.
    Matcher part = ONE_ALPHABET.matcher(text).region(first.start(), first.end());
    return part.find() && isVaried(part.group())
        ? new Line(part.start(), part.end(), part.end() - part.start(), part.start())
        : null;
  }

  /** The line, those of the same length behind it, and a shorter last one. */
  private static Line lines(String text, Line first) {
    Line all = first;
    boolean several = false;
    while (first.letters() >= SHORT_LINE_CHARS && all.end() < text.length()) {
      Line next = line(text, separatorEnd(text, all.end()));
      boolean padded = next.end() - next.start() == first.end() - first.start();
      boolean last = next.letters() < first.letters() && !padded;
      boolean named = URL_SAFE.matcher(text).region(next.start(), next.end()).find();
      boolean empty = next.end() == next.start();
      if (empty || next.letters() > first.letters() || (last && (!several || named))) {
        return all;
      }
      all = new Line(all.start(), next.end(), all.letters() + next.letters(), next.start());
      several = true;
      if (last) {
        return all;
      }
    }
    return all;
  }

  private static int separatorEnd(String text, int from) {
    Matcher separator = SEPARATOR.matcher(text).region(from, text.length());
    return separator.lookingAt() ? separator.end() : from;
  }

  private static Line line(String text, int start) {
    int end = start;
    int letters = 0;
    for (int width = width(text, end); width > 0; width = width(text, end)) {
      end += width;
      letters++;
    }
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    return new Line(start, end, letters, start);
  }

  /** How long a base64 character is here: also {@code \/} as in JSON, or percent-encoded. */
  private static int width(String text, int at) {
    if (at >= text.length()) {
      return 0;
    }
    char c = text.charAt(at);
    if (isLetter(c)) {
      return 1;
    }
    if (c == '\\') {
      return text.startsWith("/", at + 1) ? 2 : 0;
    }
    return c == '%' && PERCENT_ENCODED.matcher(text).region(at, text.length()).lookingAt() ? 3 : 0;
  }

  private static boolean isVaried(String data) {
    String head = data.substring(0, Math.min(data.length(), DATA_CHARS));
    return head.chars().anyMatch(c -> c >= 'a' && c <= 'z')
        && head.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
        && head.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c == '+' || c == '/' || c == '-' || c == '_');
  }

  /**
   * A line of base64, or several.
   *
   * @param letters without separators and padding
   * @param last where the last line starts
   */
  private record Line(int start, int end, int letters, int last) {}
}
