package dev.sentrybroadcast.destination;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Samples by a hash of the key, so that a session is kept or dropped as a whole: by every
 * destination, function instance and redelivery. A higher rate keeps everything a lower rate keeps.
 */
final class Sampling {

  private Sampling() {}

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
