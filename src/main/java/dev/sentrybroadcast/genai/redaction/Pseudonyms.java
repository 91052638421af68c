package dev.sentrybroadcast.genai.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sentrybroadcast.generation.Redaction;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The first 6 hex digits of HMAC-SHA-256 over a value, so that equal values can be followed. A
 * value is normalized first, so that its spellings are equal:
 *
 * <ul>
 *   <li>all kinds: percent-encoding decoded; all numbers: in ASCII's digits;
 *   <li>e-mail and IP addresses: in lower case;
 *   <li>phone numbers: digits only, without leading zeros;
 *   <li>cards: digits only;
 *   <li>IBANs and national ids: letters and digits only, in upper case;
 *   <li>private keys: without white space;
 *   <li>all others, and own patterns: as they are.
 * </ul>
 */
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int DIGITS = 6;

  private final Mac mac;

  Pseudonyms(SecretKey key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String of(String value, Redaction.@Nullable Kind kind) {
    byte[] text = normalized(value, kind).getBytes(UTF_8);
    byte[] hash;
    synchronized (mac) {
      hash = mac.doFinal(text);
    }
    return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
  }

  static String normalized(String spelled, Redaction.@Nullable Kind kind) {
    String value = kind == null || spelled.indexOf('%') < 0 ? spelled : decoded(spelled);
    return switch (kind) {
      case EMAIL -> value.toLowerCase(Locale.ROOT);
      case IP -> Digits.ascii(value.toLowerCase(Locale.ROOT));
      case PHONE -> kept(value, /* letters= */ false).replaceFirst("^0+", "");
      case CARD -> kept(value, /* letters= */ false);
      case IBAN, NATIONAL_ID -> kept(value, /* letters= */ true).toUpperCase(Locale.ROOT);
      case PRIVATE_KEY -> value.replaceAll("\\s+", "");
      case null, default -> value;
    };
  }

  /** Without percent-encoding. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }

  private static String kept(String spelled, boolean letters) {
    String value = Digits.ascii(spelled);
    StringBuilder kept = new StringBuilder(value.length());
    value
        .chars()
        .filter(c -> letters ? Character.isLetterOrDigit(c) : c >= '0' && c <= '9')
        .forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
