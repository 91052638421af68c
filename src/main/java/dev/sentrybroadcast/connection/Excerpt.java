package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Dsn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts from a body what may be shown: printable, short, and without the keys that were sent, should
 * the far end give them back.
 */
final class Excerpt {

  /** Of a body; a longer one comes cut to it. */
  static final int MAX_BODY_BYTES = 4 * 1024;

  static final int MAX_CHARACTERS = 200;

  private static final String MASK = "***";

  /** With blanks, what stands between words, and in no DSN. */
  private static final String ENDS = "\"',;<>()[]{}";

  /** As long as the keys Sentry makes. */
  private static final int KEY_LENGTH = 32;

  private final List<String> secrets;

  Excerpt(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** Masks the DSN as it was written, its key, and the secret that old DSNs have. */
  static Excerpt without(@Nullable String dsnText, @Nullable Dsn dsn) {
    List<String> secrets = new ArrayList<>();
    if (dsnText != null) {
      secrets.add(dsnText.strip());
      int start = dsnText.indexOf("://");
      int at = dsnText.lastIndexOf('@');
      int colon = start < 0 ? -1 : dsnText.indexOf(':', start + 3);
      if (colon >= 0 && colon < at) {
        secrets.add(dsnText.substring(colon + 1, at));
      }
    }
    if (dsn != null) {
      secrets.add(dsn.publicKey());
    }
    return new Excerpt(secrets);
  }

  String of(byte[] body, @Nullable String contentType) {
    if (body.length == 0) {
      return "";
    }
    boolean cut = body.length >= MAX_BODY_BYTES;
    if (contentType != null && contentType.startsWith("application/x-protobuf")) {
      String message = rpcStatusMessage(body);
      return cleaned(cut ? withoutLastWord(message) : message);
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if ((contentType != null && contentType.startsWith("text/html"))
        || text.stripLeading().startsWith("<")) {
      return "a page of HTML";
    }
    return cleaned(cut ? withoutLastWord(text) : text);
  }

  /** Where a body was cut there may be a part of a key, which no longer looks like one. */
  private static String withoutLastWord(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) > ' ' && ENDS.indexOf(text.charAt(end - 1)) < 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private String cleaned(String text) {
    String masked = text;
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        masked = masked.replace(secret, MASK);
      }
    }
    StringBuilder clean = new StringBuilder();
    masked.codePoints().forEach(c -> append(clean, c));
    String line = withoutKeys(clean.toString().strip());
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS - 1) + "…";
  }

  /** Plain ASCII only: no control characters, no invisible ones, nothing that turns the line. */
  private static void append(StringBuilder clean, int codePoint) {
    boolean printable = codePoint > ' ' && codePoint < 0x7f && codePoint != '"';
    if (printable) {
      clean.append((char) codePoint);
    } else if (codePoint == '"') {
      clean.append('\'');
    } else if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
      clean.append(' ');
    }
  }

  private static String withoutKeys(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && Character.digit(text.charAt(i), 16) >= 0) {
        continue;
      }
      out.append(i - start >= KEY_LENGTH ? MASK : text.substring(start, i));
      if (i < text.length()) {
        out.append(text.charAt(i));
      }
      start = i + 1;
    }
    return out.toString();
  }

  /**
   * The {@code message} of a {@code google.rpc.Status}, in which OTLP wraps errors
   * (https://opentelemetry.io/docs/specs/otlp/#failures-1); empty when it has none.
   */
  private static String rpcStatusMessage(byte[] body) {
    int at = 0;
    while (at < body.length) {
      int tag = body[at++];
      if (tag == 0x08) {
        while (at < body.length && body[at] < 0) {
          at++; // the code, a varint
        }
        at++;
      } else if (tag == 0x12) {
        int length = 0;
        for (int shift = 0; at < body.length && shift <= 14; shift += 7) {
          byte next = body[at++];
          length |= (next & 0x7f) << shift;
          if (next >= 0) {
            break;
          }
        }
        int end = Math.min(body.length, at + length);
        return new String(body, at, end - at, StandardCharsets.UTF_8);
      } else {
        return "";
      }
    }
    return "";
  }
}
