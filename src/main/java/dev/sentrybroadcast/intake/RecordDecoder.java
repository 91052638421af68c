package dev.sentrybroadcast.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a queue message: one record, or an array of records, of any known dialect. */
public final class RecordDecoder {

  private static final String ROOT = "$";
  private static final String NO_KEY_SET = "no encryption while LITELLM_KEY_SECRET is not set";

  /** The first one that recognises a record reads it; the least particular comes last. */
  private final List<Dialect> dialects;

  /** Without a key: an encrypted record is malformed. */
  public RecordDecoder() {
    this(NO_KEY_SET);
  }

  /**
   * Without a key, whatever is set.
   *
   * @param unencrypted what is said to be expected of an encrypted record
   */
  public RecordDecoder(String unencrypted) {
    this(null, unencrypted);
  }

  /**
   * With a key for encrypted records, which is read when the first one comes.
   *
   * @param kept how long a key serves before it is read again
   */
  public RecordDecoder(KeySource key, Duration kept, InstantSource clock) {
    this(new DecryptionKeys(key, kept, clock), NO_KEY_SET);
  }

  private RecordDecoder(@Nullable DecryptionKeys keys, String unencrypted) {
    dialects =
        List.of(
            new CanonicalDialect(),
            new OtlpJsonDialect(),
            new LiteLlmEncryptedDialect(keys, unencrypted, this::record),
            new LiteLlmDialect(),
            new FlatDialect());
  }

  /** One result per record, in order; never empty. */
  public List<Decoded> decode(QueuedMessage message) {
    JsonValue body;
    try {
      body = JsonReader.read(message.body(), Place.RECORD);
    } catch (StreamConstraintsException _) {
      return malformed(
          ROOT,
          "JSON nested at most "
              + Limits.NESTING_DEPTH
              + " deep with keys of at most "
              + Limits.KEY_CHARS
              + " characters");
    } catch (IOException e) {
      return malformed(ROOT, "JSON" + brokenAt(e));
    }
    if (body instanceof JsonValue.Elements records) {
      return records(records.items(), message);
    }
    if (body instanceof JsonValue.Members record) {
      return record(record, "", new Origin(message.messageId(), sentEpochNanos(message)));
    }
    return malformed(ROOT, "a JSON object, or an array of objects");
  }

  private List<Decoded> records(List<JsonValue> records, QueuedMessage message) {
    if (records.isEmpty() || records.size() > Limits.RECORDS_OF_MESSAGE) {
      return malformed(ROOT, "an array of 1 to " + Limits.RECORDS_OF_MESSAGE + " records");
    }
    List<Decoded> decoded = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      String path = "[" + i + "]";
      if (records.get(i) instanceof JsonValue.Members record) {
        Origin origin = new Origin(message.messageId() + ":" + i, sentEpochNanos(message));
        decoded.addAll(record(record, path, origin));
      } else {
        decoded.add(new Decoded.Malformed(path, "a JSON object"));
      }
    }
    return decoded;
  }

  private List<Decoded> record(JsonValue.Members record, String path, Origin origin) {
    for (Dialect dialect : dialects) {
      if (dialect.recognises(record)) {
        return dialect.read(Fields.record(record, path), origin);
      }
    }
    return malformed(
        path.isEmpty() ? ROOT : path,
        "a record of a known dialect: \"schema\", a \"request\" object, or a \"model\"");
  }

  private static List<Decoded> malformed(String path, String expected) {
    return List.of(new Decoded.Malformed(path, expected));
  }

  private static String brokenAt(IOException e) {
    return e instanceof JsonProcessingException broken
            && broken.getLocation() != null
            && broken.getLocation().getByteOffset() >= 0
        ? " (broken at byte " + broken.getLocation().getByteOffset() + ")"
        : "";
  }

  private static long sentEpochNanos(QueuedMessage message) {
    long millis = message.sentEpochMillis();
    return Math.clamp(millis, 0, Long.MAX_VALUE / 1_000_000) * 1_000_000;
  }
}
