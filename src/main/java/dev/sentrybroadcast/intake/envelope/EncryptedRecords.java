package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.record.Routings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that LiteLLM encrypted with AES-256-GCM, with additional authenticated data if both
 * sides agreed on some. The decrypted record is read like any other.
 *
 * @see <a
 *     href="https://github.com/BerriAI/litellm/blob/main/litellm/litellm_core_utils/app_crypto.py">
 *     AppCrypto</a>
 */
public final class EncryptedRecords implements Dialect {

  private static final String KEY_SECRET = "LITELLM_KEY_SECRET";

  private final @Nullable DecryptionKeys keys;
  private final String unencrypted;
  private final Inner opened;

  /**
   * With keys, or without.
   *
   * @param unencrypted the expectation in the reason while there are none
   */
  public EncryptedRecords(@Nullable DecryptionKeys keys, String unencrypted, Inner opened) {
    this.keys = keys;
    this.unencrypted = unencrypted;
    this.opened = opened;
  }

  @Override
  public boolean recognises(JsonObject record) {
    return record.get("__encrypted__") instanceof JsonValue.Bool(boolean encrypted) && encrypted;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    if (keys == null) {
      return malformed(record, "__encrypted__", unencrypted);
    }
    JsonObject payload = record.json().object("payload");
    byte[] nonce = DecryptionKey.bytes(payload.get("nonce"));
    if (nonce == null || nonce.length != DecryptionKey.NONCE_BYTES) {
      return malformed(record, "payload.nonce", "base64 of 12 bytes");
    }
    byte[] tag = DecryptionKey.bytes(payload.get("tag"));
    if (tag == null || tag.length != DecryptionKey.TAG_BYTES) {
      return malformed(record, "payload.tag", "base64 of 16 bytes");
    }
    byte[] ciphertext = DecryptionKey.bytes(payload.get("ciphertext"));
    if (ciphertext == null) {
      return malformed(record, "payload.ciphertext", "base64");
    }
    return open(keys, record, nonce, ciphertext, tag, origin);
  }

  private List<Decoded> open(
      DecryptionKeys known,
      ObjectView record,
      byte[] nonce,
      byte[] ciphertext,
      byte[] tag,
      Origin origin) {
    String plain = null;
    boolean fresh = false;
    for (int tries = 0; plain == null && !fresh && tries < 2; tries++) {
      switch (tries == 0 ? known.current() : known.readAgain()) {
        case DecryptionKeys.Answer.Unavailable(String cause) -> {
          return List.of(new Decoded.Unavailable(KEY_SECRET + ": " + cause));
        }
        case DecryptionKeys.Answer.Known(DecryptionKey key, boolean readNow) -> {
          plain = key.open(nonce, ciphertext, tag);
          fresh = readNow;
        }
      }
    }
    if (plain == null) {
      return malformed(
          record, "payload", "what was encrypted with the key and the AAD of " + KEY_SECRET);
    }
    return opened(plain, record, origin);
  }

  private List<Decoded> opened(String plain, ObjectView outer, Origin origin) {
    JsonValue inner = JsonReader.readOrNull(plain);
    return inner instanceof JsonObject record && !recognises(record)
        ? opened.read(routed(record, outer), outer.path(), origin)
        : malformed(outer, "payload.ciphertext", "one record of a known dialect, encrypted once");
  }

  /** The destination and the privacy mode of the envelope hold where the record has none. */
  private static JsonObject routed(JsonObject inner, ObjectView outer) {
    return inner.over(
        JsonObject.NONE
            .with(Routings.PRIVACY, outer.get(Routings.PRIVACY))
            .with(Routings.DESTINATION, outer.get(Routings.DESTINATION)));
  }

  private static List<Decoded> malformed(ObjectView record, String path, String expected) {
    return List.of(new Decoded.Malformed(record.path(path), expected));
  }
}
