package dev.sentrybroadcast.destination;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keeps or drops by a key alone, so that a session is kept whole, at every destination, on every
 * machine and at every redelivery. What a rate keeps, each higher rate keeps as well.
 */
final class Sampling {

  private static final double TWO_TO_53 = 0x1.0p53;

  private Sampling() {}

  /**
   * Whether the key is kept.
   *
   * @param rate from 0 (none) to 1 (all)
   */
  static boolean keeps(double rate, String key) {
    if (rate >= 1) {
      return true;
    }
    return rate > 0 && position(key) < rate;
  }

  /** Where the key stands in [0, 1): the first 53 bits of its SHA-256, all a double can hold. */
  static double position(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(digest).getLong() >>> 11) / TWO_TO_53;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
