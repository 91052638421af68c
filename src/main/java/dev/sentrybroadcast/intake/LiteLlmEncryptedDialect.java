package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.intake.DecryptionKeys.Answer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that LiteLLM encrypted: AES-256-GCM, with additional data where both sides have agreed
 * on some. What comes out is read as any record is.
 *
 * @see <a
 *     href="https://github.com/BerriAI/litellm/blob/main/litellm/litellm_core_utils/app_crypto.py">
 *     AppCrypto</a>
 */
final class LiteLlmEncryptedDialect implements Dialect {

  private static final String KEY_SECRET = "LITELLM_KEY_SECRET";

  private final @Nullable DecryptionKeys keys;
  private final String unencrypted;
  private final Opened opened;

  /**
   * With these keys, or without any.
   *
   * @param unencrypted what is expected while there are none
   */
  LiteLlmEncryptedDialect(@Nullable DecryptionKeys keys, String unencrypted, Opened opened) {
    this.keys = keys;
    this.unencrypted = unencrypted;
    this.opened = opened;
  }

  /** Reads what was encrypted. */
  @FunctionalInterface
  interface Opened {
    List<Decoded> read(JsonValue.Members record, String path, Origin origin);
  }

  @Override
  public boolean recognises(JsonValue.Members record) {
    return record.get("__encrypted__") instanceof JsonValue.Bool(boolean encrypted) && encrypted;
  }

  @Override
  public List<Decoded> read(Fields record, Origin origin) {
    if (keys == null) {
      return malformed(record, "__encrypted__", unencrypted);
    }
    JsonValue.Members payload = JsonValue.members(record.get("payload"));
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
      Fields record,
      byte[] nonce,
      byte[] ciphertext,
      byte[] tag,
      Origin origin) {
    String plain = null;
    boolean fresh = false;
    for (int tries = 0; plain == null && !fresh && tries < 2; tries++) {
      switch (tries == 0 ? known.current() : known.readAgain()) {
        case Answer.Unavailable(String cause) -> {
          return List.of(new Decoded.Unavailable(KEY_SECRET + ": " + cause));
        }
        case Answer.Known(DecryptionKey key, boolean readNow) -> {
          plain = key.open(nonce, ciphertext, tag);
          fresh = readNow;
        }
      }
    }
    if (plain == null) {
      return malformed(
          record, "payload", "what the key and the AAD of " + KEY_SECRET + " have sealed");
    }
    return opened(plain, record, origin);
  }

  private List<Decoded> opened(String plain, Fields record, Origin origin) {
    JsonValue inner;
    try {
      inner = JsonReader.read(plain, Place.RECORD);
    } catch (IOException _) {
      inner = null;
    }
    return inner instanceof JsonValue.Members members && !recognises(members)
        ? opened.read(routed(members, record), record.path(), origin)
        : malformed(record, "payload.ciphertext", "one record of a known dialect, encrypted once");
  }

  /** What was said outside of where it goes holds for what was inside, unless that says it. */
  private static JsonValue.Members routed(JsonValue.Members inner, Fields outer) {
    Map<String, JsonValue> said = new LinkedHashMap<>();
    for (String name : List.of(RoutingReader.PRIVACY, RoutingReader.DESTINATION)) {
      JsonValue value = outer.get(name);
      if (value != null) {
        said.put(name, value);
      }
    }
    return said.isEmpty() ? inner : inner.over(new JsonValue.Members(said));
  }

  private static List<Decoded> malformed(Fields record, String path, String expected) {
    return List.of(new Decoded.Malformed(record.path(path), expected));
  }
}
