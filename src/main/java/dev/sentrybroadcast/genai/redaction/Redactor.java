package dev.sentrybroadcast.genai.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.sentrybroadcast.generation.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data and secrets in text and JSON by their kind: {@code [email]}, or with a key
 * {@code [email:7f3a9c]}. What is replaced already stays as it is. Takes linear time, however often
 * something is found. Thread-safe.
 */
public final class Redactor {

  /** JSON in JSON is read as such so deep; below it is text, in which fields are found, too. */
  private static final int MAX_DEPTH = 3;

  private static final int PSEUDONYM = 6;

  /** An IPv4 address, or a phone number in its field. */
  private static final int SHORTEST_NUMBER = 7;

  /** Of a pattern's name. */
  private static final int MOST_NAME = 32;

  private static final Set<String> KINDS =
      Redaction.ALL.kinds().stream()
          .map(Redaction.Kind::id)
          .collect(Collectors.toUnmodifiableSet());

  private final Redaction redaction;
  private final Map<String, Pattern> patterns = new LinkedHashMap<>();
  private final @Nullable Pseudonyms pseudonyms;

  public Redactor(Redaction redaction) {
    this.redaction = redaction;
    this.pseudonyms =
        redaction.pseudonymKey() == null ? null : new Pseudonyms(redaction.pseudonymKey());
    redaction.patterns().forEach((name, pattern) -> patterns.put(name, Pattern.compile(pattern)));
  }

  /** The text without what is redacted. A text that is JSON stays JSON. */
  public String text(String text, RedactionCounts counts) {
    return text(text, null, 0, counts);
  }

  /** As {@link #text(String, RedactionCounts)}, of JSON text. */
  public String json(String json, RedactionCounts counts) {
    return JsonRedaction.isJson(json)
        ? new JsonRedaction(this, json, 1, counts).redacted()
        : plain(json, null, counts);
  }

  /**
   * @param key of the field whose value the text is; null for another text
   */
  String text(String text, @Nullable String key, int depth, RedactionCounts counts) {
    return depth < MAX_DEPTH && beginsAsJson(text) && JsonRedaction.isJson(text)
        ? new JsonRedaction(this, text, depth + 1, counts).redacted()
        : plain(text, key, counts);
  }

  boolean redacts(Redaction.Kind kind) {
    return redaction.kinds().contains(kind);
  }

  /** The replacement of a secret field's value. */
  String secret(String value, RedactionCounts counts) {
    if (value.isBlank() || markerEnd(value, 0) == value.length()) {
      return value;
    }
    Hits hits = new Hits();
    hits.add(Redaction.Kind.SECRET_FIELD, 0, value.length());
    return replaced(value, hits, counts);
  }

  private static boolean beginsAsJson(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) <= ' ') {
      start++;
    }
    return start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[');
  }

  private String plain(String text, @Nullable String key, RedactionCounts counts) {
    if (patterns.isEmpty() && isQuiet(text)) {
      return text;
    }
    Hits hits = new Hits();
    boolean own = ownPatterns(text, hits);
    scan(text, key, hits);
    if (hits.isEmpty()) {
      return text;
    }
    String redacted = replaced(text, hits, counts);
    // A word may begin where a pattern's match ended.
    return own ? plainWithoutPatterns(redacted, key, counts) : redacted;
  }

  private String plainWithoutPatterns(String text, @Nullable String key, RedactionCounts counts) {
    Hits hits = new Hits();
    scan(text, key, hits);
    return hits.isEmpty() ? text : replaced(text, hits, counts);
  }

  /** Digits of other scripts are scanned in a second pass: in the first they divide words. */
  private void scan(String text, @Nullable String key, Hits hits) {
    scanBetweenMarkers(text, key, hits);
    String ascii = Digits.ascii(text);
    if (!ascii.equals(text)) {
      scanBetweenMarkers(ascii, key, hits);
    }
  }

  /** Scans what stands between replacements of an earlier pass. */
  private void scanBetweenMarkers(String text, @Nullable String key, Hits hits) {
    int from = 0;
    for (int at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
      int end = markerEnd(text, at);
      if (end > 0) {
        scan(text, from, at, key, hits);
        from = end;
        at = end - 1;
      }
    }
    scan(text, from, text.length(), key, hits);
  }

  private void scan(String text, int from, int limit, @Nullable String key, Hits hits) {
    new TextScanner(text, from, limit, key, redaction.kinds(), hits).scan();
    UrlEncoding.scan(text, from, limit, redaction.kinds(), hits);
  }

  private boolean ownPatterns(String text, Hits hits) {
    boolean found = false;
    for (Map.Entry<String, Pattern> each : patterns.entrySet()) {
      Matcher matcher = each.getValue().matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()
            && !touchesMarker(text, matcher.start(), matcher.end())) {
          hits.add(each.getKey(), matcher.start(), matcher.end());
          found = true;
        }
      }
    }
    return found;
  }

  /** Whether a replacement stands in this part of the text, or goes into it. */
  private boolean touchesMarker(String text, int start, int end) {
    for (int at = text.indexOf('[', Math.max(0, start - MOST_NAME - PSEUDONYM - 3));
        at >= 0 && at < end;
        at = text.indexOf('[', at + 1)) {
      if (markerEnd(text, at) > start) {
        return true;
      }
    }
    return false;
  }

  /** Where the replacement that begins at this bracket ends, or -1 if it is something else. */
  private int markerEnd(String text, int start) {
    if (!text.startsWith("[", start)) {
      return -1;
    }
    int nameEnd = start + 1;
    while (nameEnd < text.length()
        && nameEnd - start <= MOST_NAME
        && isName(text.charAt(nameEnd))) {
      nameEnd++;
    }
    int end = nameEnd;
    if (text.startsWith(":", end)) {
      do {
        end++;
      } while (end < text.length() && end - nameEnd <= PSEUDONYM && isHex(text.charAt(end)));
      if (end - nameEnd != PSEUDONYM + 1) {
        return -1;
      }
    }
    boolean isMarker = text.startsWith("]", end) && isKnown(text.substring(start + 1, nameEnd));
    return isMarker ? end + 1 : -1;
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private boolean isKnown(String name) {
    return KINDS.contains(name) || patterns.containsKey(name);
  }

  private String replaced(String text, Hits hits, RedactionCounts counts) {
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    for (Hits.Hit hit : hits.merged()) {
      out.append(text, copied, hit.start()).append('[').append(hit.name());
      if (pseudonyms != null) {
        out.append(':').append(pseudonyms.of(text.substring(hit.start(), hit.end()), hit.kind()));
      }
      out.append(']');
      copied = hit.end();
      counts.increment(hit.name());
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** Whether a text is short, and has no character that something found could do without. */
  private static boolean isQuiet(String text) {
    if (text.length() >= Tokens.SHORTEST) {
      return false;
    }
    boolean maybeNumber = text.length() >= SHORTEST_NUMBER;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((maybeNumber && Character.isDigit(c)) || "@%:=>\uFF1A".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
