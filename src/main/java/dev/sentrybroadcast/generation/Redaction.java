package dev.sentrybroadcast.generation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What is redacted in content that leaves. Nothing is without kinds and patterns.
 *
 * @param patterns RE2 expressions, known to be valid, by the name that replaces what they match
 * @param pseudonymKey null for replacements without a pseudonym
 */
public record Redaction(
    Set<Kind> kinds, Map<String, String> patterns, @Nullable SecretKey pseudonymKey) {

  public static final Redaction NONE = new Redaction(EnumSet.noneOf(Kind.class), Map.of(), null);
  public static final Redaction ALL = new Redaction(EnumSet.allOf(Kind.class), Map.of(), null);

  public Redaction {
    kinds = Collections.unmodifiableSet(kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds));
    patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
  }

  /** All kinds, with the same patterns and key. */
  public Redaction withAllKinds() {
    return new Redaction(ALL.kinds, patterns, pseudonymKey);
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return kinds.isEmpty() && patterns.isEmpty();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Redaction[kinds=" + kinds + ", patterns=" + patterns.keySet() + "]";
  }

  /** What is found without a pattern of one's own; docs/redaction.md says how. */
  public enum Kind {
    EMAIL,
    PHONE,
    CARD,
    IBAN,
    NATIONAL_ID,
    IP,
    URL_SECRET,
    PRIVATE_KEY,
    JWT,
    TOKEN,
    SECRET_FIELD;

    /** As in a destination's secret, in a replacement and in an attribute's name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
