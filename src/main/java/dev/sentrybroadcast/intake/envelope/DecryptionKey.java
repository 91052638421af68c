package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The AES-256-GCM key of encrypted records, with their additional authenticated data. */
final class DecryptionKey {

  static final int TAG_BYTES = 16;
  static final int NONCE_BYTES = 12;

  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final byte[] aad;

  private DecryptionKey(SecretKeySpec key, byte[] aad) {
    this.key = key;
    this.aad = aad;
  }

  /** Null where the secret does not hold such a key. */
  static @Nullable DecryptionKey of(String secret) {
    JsonObject json = JsonObject.of(JsonReader.readOrNull(secret));
    byte[] key = bytes(json.get("key"));
    String aad = json.text("aad");
    if (key == null || key.length != KEY_BYTES || (json.has("aad") && aad == null)) {
      return null;
    }
    return new DecryptionKey(
        new SecretKeySpec(key, "AES"),
        aad == null ? new byte[0] : aad.getBytes(StandardCharsets.UTF_8));
  }

  /** Base64; null for anything else. */
  static byte @Nullable [] bytes(@Nullable JsonValue value) {
    String text = JsonValue.text(value);
    try {
      return text == null ? null : Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The text; null if it was encrypted with another key or other authenticated data. */
  @Nullable String open(byte[] nonce, byte[] ciphertext, byte[] tag) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
      cipher.updateAAD(aad);
      byte[] sealed = new byte[ciphertext.length + tag.length];
      System.arraycopy(ciphertext, 0, sealed, 0, ciphertext.length);
      System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
      return new String(cipher.doFinal(sealed), StandardCharsets.UTF_8);
    } catch (AEADBadTagException _) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  @Override
  public String toString() {
    return "DecryptionKey[withheld]";
  }
}
