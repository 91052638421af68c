package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/** Finds inline data, so that it can be left out with a word about its kind and size. */
final class Base64Data {

  private static final String MARK = ";base64,";

  /** The longest {@code data:image/…;charset=…} before the mark that is looked for. */
  private static final int HEAD_CHARS = 128;

  /** Shorter runs of base64's letters hold no data. */
  private static final int RUN_CHARS = Base64Run.DATA_CHARS;

  private Base64Data() {}

  /** The text with {@code data:} addresses and long runs of base64 replaced. */
  static String without(String text) {
    String clean = text.contains(MARK) ? withoutAddresses(text) : text;
    return clean.length() < RUN_CHARS ? clean : withoutRuns(clean);
  }

  /** What stands in the data's place. */
  static String placeholder(String kind, @Nullable String mimeType, long bytes) {
    return "[left out: "
        + kind
        + (mimeType == null ? "" : ", " + mimeType)
        + ", "
        + bytes
        + " bytes]";
  }

  /** The size of what {@code length} letters of base64 that end at {@code end} stand for. */
  static long decodedBytes(CharSequence text, int start, int end) {
    int last = end;
    while (last > start && text.charAt(last - 1) == '=') {
      last--;
    }
    return (last - start) * 3L / 4;
  }

  /** Nothing but letters of base64, and enough of them to be data. */
  static boolean isData(String text) {
    if (text.length() < 16) {
      return false;
    }
    int head = Math.min(text.length(), 64);
    for (int i = 0; i < head; i++) {
      if (!isLetter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String withoutAddresses(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int copied = 0;
    for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, mark + 1)) {
      int start = Math.max(copied, head(text, mark, copied));
      int data = mark + MARK.length();
      int end = data;
      while (end < text.length() && isLetter(text.charAt(end))) {
        end++;
      }
      String mimeType =
          text.startsWith("data:", start) ? mimeType(text.substring(start + 5, mark)) : null;
      clean
          .append(text, copied, start)
          .append(placeholder(modality(mimeType), mimeType, decodedBytes(text, data, end)));
      copied = end;
      mark = end - 1;
    }
    return clean.append(text, copied, text.length()).toString();
  }

  private static int head(String text, int mark, int from) {
    for (int i = mark - 5; i >= Math.max(from, mark - HEAD_CHARS); i--) {
      if (text.startsWith("data:", i)) {
        return i;
      }
    }
    return mark;
  }

  /** Looks at every 512th character and walks back from there: prose is passed at a few looks. */
  private static String withoutRuns(String text) {
    StringBuilder clean = null;
    int copied = 0;
    int start = 0;
    while (start + RUN_CHARS <= text.length()) {
      int at = start + RUN_CHARS - 1;
      while (at >= start && isInRun(text.charAt(at))) {
        at--;
      }
      if (at >= start) {
        start = at + 1;
        continue;
      }
      int end = start + RUN_CHARS;
      while (end < text.length() && isInRun(text.charAt(end))) {
        end++;
      }
      Base64Run run = new Base64Run(text, start, end);
      while (run.find()) {
        clean = clean == null ? new StringBuilder() : clean;
        clean
            .append(text, copied, run.dataStart())
            .append(placeholder("data", null, decodedBytes(text, run.dataStart(), run.dataEnd())));
        copied = run.dataEnd();
      }
      start = end;
    }
    return clean == null ? text : clean.append(text, copied, text.length()).toString();
  }

  // With the backslash that some writers of JSON put before a slash.
  private static boolean isInRun(char c) {
    return isLetter(c) || c == '\\' || c == '\n' || c == '\r';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '='
        || c == '-'
        || c == '_';
  }

  /** What stands before the first {@code ;}, if it can be a MIME type. */
  static @Nullable String mimeType(String head) {
    int end = head.indexOf(';');
    String type = end < 0 ? head : head.substring(0, end);
    return type.indexOf('/') > 0 && type.length() <= 127 ? type : null;
  }

  static String modality(@Nullable String mimeType) {
    if (mimeType != null) {
      for (String modality : new String[] {"image", "audio", "video"}) {
        if (mimeType.startsWith(modality)) {
          return modality;
        }
      }
    }
    return "document";
  }
}
