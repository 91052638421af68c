package dev.sentrybroadcast.destination;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Why a record is sent where its destination samples. Records of the reason {@link Reason#RATE}
 * stand for 1/rate records each, all others for themselves.
 *
 * <p>Sampling is by a hash of the key, so that a session is kept or dropped as a whole: by every
 * destination, function instance and redelivery. A higher rate keeps everything a lower rate keeps.
 *
 * @param rate of the destination, from 0 to 1
 */
public record Sampling(Reason reason, double rate) {

  /** Why a record is sent. All but the rate are parts of {@code keep}. */
  public enum Reason {
    RATE,
    ERROR,
    LATENCY,
    COST,
    TOKENS,
    FINISH_REASON,
    RULE;

    /** As attributes and previews have it. */
    public String json() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether the key is kept.
   *
   * @param rate from 0 (none) to 1 (all)
   */
  static boolean keeps(double rate, String key) {
    return rate >= 1 || (rate > 0 && position(key) < rate);
  }

  /** The first 53 bits of the key's SHA-256 as a number in [0, 1). */
  static double position(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
