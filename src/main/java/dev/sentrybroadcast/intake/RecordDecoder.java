package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sentrybroadcast.intake.bedrock.ModelInvocationLogs;
import dev.sentrybroadcast.intake.envelope.DecryptionKeys;
import dev.sentrybroadcast.intake.envelope.EncryptedRecords;
import dev.sentrybroadcast.intake.envelope.SnsNotifications;
import dev.sentrybroadcast.intake.envelope.UnreadEnvelopes;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.litellm.LiteLlmDialect;
import dev.sentrybroadcast.intake.objects.AllowedSource;
import dev.sentrybroadcast.intake.objects.BodyPointers;
import dev.sentrybroadcast.intake.objects.ObjectBodies;
import dev.sentrybroadcast.intake.objects.ObjectLines;
import dev.sentrybroadcast.intake.objects.ObjectMessages;
import dev.sentrybroadcast.intake.objects.ObjectPart;
import dev.sentrybroadcast.intake.objects.ObjectRecords;
import dev.sentrybroadcast.intake.openrouter.OpenRouterTraces;
import dev.sentrybroadcast.intake.otlp.OtlpJsonDialect;
import dev.sentrybroadcast.intake.record.CanonicalDialect;
import dev.sentrybroadcast.intake.record.FlatDialect;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a queue message: one record, or an array of records, of any dialect. */
public final class RecordDecoder {

  private static final String NO_KEY_SET = "no encryption while LITELLM_KEY_SECRET is not set";

  /** The first one that recognises a record reads it; the most general one is last. */
  private final List<Dialect> dialects;

  private final @Nullable DecryptionKeys keys;
  private final String unencrypted;
  private final @Nullable AllowedSource objects;

  /** Without a key: an encrypted record is malformed. */
  public RecordDecoder() {
    this(NO_KEY_SET);
  }

  /**
   * Without a key.
   *
   * @param unencrypted the expectation in the reason of an encrypted record
   */
  public RecordDecoder(String unencrypted) {
    this(null, unencrypted, null, /* userFromArn= */ false);
  }

  /**
   * With a key for encrypted records, which is read when the first one comes.
   *
   * @param kept how long a key is used before it is read again
   */
  public RecordDecoder(KeySource key, Duration kept, InstantSource clock) {
    this(new DecryptionKeys(key, kept, clock), NO_KEY_SET, null, /* userFromArn= */ false);
  }

  private RecordDecoder(
      @Nullable DecryptionKeys keys,
      String unencrypted,
      @Nullable AllowedSource objects,
      boolean userFromArn) {
    this.keys = keys;
    this.unencrypted = unencrypted;
    this.objects = objects;
    ObjectBodies bodies = objects == null ? null : new ObjectBodies(objects);
    List<Dialect> ofObjects =
        bodies == null
            ? List.of()
            : List.of(new ObjectMessages(), new BodyPointers(bodies, this::record));
    dialects =
        Stream.concat(
                ofObjects.stream(),
                Stream.of(
                    new CanonicalDialect(),
                    new ModelInvocationLogs(bodies, userFromArn, this::record),
                    new OpenRouterTraces(this::record),
                    new OtlpJsonDialect(),
                    new SnsNotifications(this::decode),
                    new UnreadEnvelopes(),
                    new EncryptedRecords(keys, unencrypted, this::record),
                    new LiteLlmDialect(),
                    new FlatDialect()))
            .toList();
  }

  /**
   * The same one that also reads objects.
   *
   * @param objects null: what points to objects is malformed
   * @param userFromArn whether the caller's ARN in Bedrock's log becomes the user
   */
  public RecordDecoder reading(@Nullable AllowedSource objects, boolean userFromArn) {
    return new RecordDecoder(keys, unencrypted, objects, userFromArn);
  }

  /** Opens a part of an object that a message points to. */
  public ObjectRecords open(ObjectPart part) {
    if (objects == null) {
      throw new IllegalStateException("no objects are read");
    }
    return new ObjectRecords(part, objects, this::decode);
  }

  /** One result per record, in order; never empty. */
  public List<Decoded> decode(QueuedMessage message) {
    long millis = Math.clamp(message.sentEpochMillis(), 0, Long.MAX_VALUE / 1_000_000);
    return decode(message.body(), new Origin(message.messageId(), millis * 1_000_000));
  }

  private List<Decoded> decode(String text, Origin origin) {
    return decode(text.getBytes(UTF_8), origin);
  }

  private List<Decoded> decode(ObjectLines.Line line, Origin origin) {
    if (line.value() != null) {
      return decode(line.value(), origin);
    }
    return line.json() == null
        ? malformed("a line of at most " + (Limits.LINE_BYTES >> 20) + " MiB")
        : decode(line.json(), origin);
  }

  private List<Decoded> decode(byte[] json, Origin origin) {
    try {
      return decode(JsonReader.read(json), origin);
    } catch (StreamConstraintsException _) {
      return malformed(
          "JSON nested at most "
              + Limits.NESTING_DEPTH
              + " deep with keys of at most "
              + Limits.KEY_CHARS
              + " characters");
    } catch (CharConversionException _) {
      return malformed("UTF-8 JSON");
    } catch (IOException e) {
      String kind = UnreadEnvelopes.expected(new String(json, UTF_8));
      return malformed(kind == null ? "JSON" + brokenAt(e, json) : kind);
    }
  }

  private List<Decoded> decode(@Nullable JsonValue body, Origin origin) {
    return switch (body) {
      case JsonObject record -> record(record, "", origin);
      case JsonValue.Array(var items) when UnreadEnvelopes.isPointer(items) ->
          record(JsonObject.of(items.getLast()), "", origin);
      case JsonValue.Array(var items) -> records(items, origin);
      case null, default -> malformed("a JSON object, or an array of objects");
    };
  }

  private List<Decoded> records(List<JsonValue> items, Origin origin) {
    if (items.isEmpty() || items.size() > Limits.RECORDS_OF_MESSAGE) {
      return malformed("an array of 1 to " + Limits.RECORDS_OF_MESSAGE + " records");
    }
    List<Decoded> decoded = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String path = "[" + i + "]";
      if (items.get(i) instanceof JsonObject record) {
        Origin element = new Origin(origin.id() + ":" + i, origin.sentEpochNanos());
        decoded.addAll(record(record, path, element));
      } else {
        decoded.add(new Decoded.Malformed(path, "a JSON object"));
      }
    }
    return decoded;
  }

  private List<Decoded> record(JsonObject record, String path, Origin origin) {
    for (Dialect dialect : dialects) {
      if (dialect.recognises(record)) {
        return dialect.read(ObjectView.record(record, path), origin);
      }
    }
    return List.of(
        new Decoded.Malformed(
            path.isEmpty() ? "$" : path,
            "a record of a known dialect: \"schema\", a \"request\" object, or a \"model\""));
  }

  private static List<Decoded> malformed(String expected) {
    return List.of(new Decoded.Malformed("$", expected));
  }

  /** The line, and the column in characters, at which the parser gave up. */
  private static String brokenAt(IOException e, byte[] bytes) {
    if (!(e instanceof JsonProcessingException broken)
        || broken.getLocation() == null
        || broken.getLocation().getByteOffset() < 0) {
      return "";
    }
    int end = (int) Math.min(bytes.length, broken.getLocation().getByteOffset());
    String before = new String(bytes, 0, end, UTF_8);
    return " (broken at line %d, column %d)"
        .formatted(
            before.chars().filter(c -> c == '\n').count() + 1,
            before.length() - before.lastIndexOf('\n'));
  }
}
