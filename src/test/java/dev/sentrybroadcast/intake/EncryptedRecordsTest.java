package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted records: one that LiteLLM made, vectors, and what may be wrong with a key. */
class EncryptedRecordsTest {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String OTHER_KEY = "////////////////////////////////////////////";
  private static final String SECRET =
      "{\"key\":\"" + KEY + "\",\"aad\":\"sentry-broadcast example\"}";
  private static final String WRONG_KEY =
      "{\"key\":\"" + OTHER_KEY.substring(0, 42) + "8=\",\"aad\":\"sentry-broadcast example\"}";
  private static final String WRONG_AAD = "{\"key\":\"" + KEY + "\",\"aad\":\"another\"}";
  private static final String NO_AAD = "{\"key\":\"" + KEY + "\",\"aad\":null}";
  private static final String SEALED =
      "malformed: payload: expected what was encrypted with the key and the AAD of LITELLM_KEY_SECRET";

  private final Deque<KeySource.Secret> secrets = new ArrayDeque<>();
  private int reads;
  private Instant now = Instant.ofEpochSecond(1_795_176_000);

  private final RecordDecoder decoder =
      new RecordDecoder(
          () -> {
            reads++;
            return secrets.size() > 1 ? secrets.removeFirst() : secrets.getFirst();
          },
          Duration.ofMinutes(5),
          () -> now);

  record Case(String name, String key, String aad, boolean opens, String message) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    String file = Samples.read("fixtures/litellm/constructed-encrypted-messages.json");
    try (JsonParser parser = new JsonFactory().createParser(file)) {
      while (parser.nextToken() != JsonToken.START_ARRAY) {
        // to the cases
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        cases.add(oneCase(parser, file));
      }
    }
    return cases.stream();
  }

  private static Case oneCase(JsonParser parser, String file) throws IOException {
    String name = "";
    String key = "";
    String aad = "null";
    boolean opens = false;
    String message = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      switch (field) {
        case "name" -> name = parser.getText();
        case "key_b64" -> key = parser.getText();
        case "aad" -> aad = value == JsonToken.VALUE_NULL ? "null" : "\"" + parser.getText() + "\"";
        case "ok" -> opens = value == JsonToken.VALUE_TRUE;
        case "message" ->
            message =
                value == JsonToken.VALUE_STRING
                    ? parser.getText()
                    : file.substring(from, (int) parser.currentLocation().getCharOffset());
        default -> {}
      }
    }
    return new Case(name, key, aad, opens, message);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decode_vector_opensOrIsMalformed(Case vector) {
    secrets.add(
        new KeySource.Secret.Value(
            "{\"key\":\"" + vector.key() + "\",\"aad\":" + vector.aad() + "}"));
    // One of them seals a record without a time: read, it is malformed for that.
    String reason = reason(decode(vector.message()));
    boolean sealed = reason.equals(SEALED) || reason.startsWith("malformed: payload.");
    assertThat(sealed).isEqualTo(!vector.opens());
  }

  @Test
  void decode_recordedByLiteLlm_isTheRecord() {
    secrets.add(new KeySource.Secret.Value(SECRET));
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void decode_wrongKeyOrAad_isMalformedAndReadsTheKeyOnceForAll() {
    for (String secret : List.of(WRONG_KEY, WRONG_AAD, NO_AAD)) {
      secrets.clear();
      secrets.add(new KeySource.Secret.Value(secret));
      now = now.plusSeconds(3_600);
      reads = 0;
      for (int i = 0; i < 20; i++) {
        assertThat(reason(decode(recorded()))).isEqualTo(SEALED);
      }
      assertThat(reads).isEqualTo(1);
    }
  }

  @Test
  void decode_oneByteChanged_failsThatRecordAlone() {
    secrets.add(new KeySource.Secret.Value(SECRET));
    String good = recorded();
    int at = good.indexOf("\"ciphertext\"") + 40;
    char other = good.charAt(at) == 'A' ? 'B' : 'A';
    String changed = good.substring(0, at) + other + good.substring(at + 1);
    List<Decoded> decoded = decoder.decode(message("[" + good + "," + changed + "," + good + "]"));
    assertThat(decoded).hasSize(3);
    assertThat(decoded.get(0)).isInstanceOf(Decoded.Valid.class);
    assertThat(reason(decoded.get(1))).startsWith("malformed: [1].payload: expected what was encrypted");
    assertThat(decoded.get(2)).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void decode_rotatedKey_isReadAgain() {
    secrets.add(new KeySource.Secret.Value(WRONG_KEY));
    secrets.add(new KeySource.Secret.Value(SECRET));
    assertThat(reason(decode(recorded()))).isEqualTo(SEALED);
    now = now.plusSeconds(11);
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void decode_keyOutOfReach_isUnavailable() {
    secrets.add(new KeySource.Secret.Unavailable("AccessDeniedException"));
    assertThat(decode(recorded()))
        .isEqualTo(new Decoded.Unavailable("LITELLM_KEY_SECRET: AccessDeniedException"));
    secrets.clear();
    secrets.add(new KeySource.Secret.Value("{\"key\":\"c2hvcnQ=\"}"));
    now = now.plusSeconds(2);
    assertThat(decode(recorded()))
        .isEqualTo(
            new Decoded.Unavailable(
                "LITELLM_KEY_SECRET: the secret does not hold"
                    + " {\"key\": base64 of 32 bytes, \"aad\": text or null}"));
  }

  @Test
  void decode_keyOutOfReach_isAskedForOnceInASecond() {
    secrets.add(new KeySource.Secret.Unavailable("SocketTimeoutException"));
    for (int i = 0; i < 20; i++) {
      assertThat(decode(recorded())).isInstanceOf(Decoded.Unavailable.class);
    }
    assertThat(reads).isEqualTo(1);
    now = now.plusSeconds(1);
    secrets.clear();
    secrets.add(new KeySource.Secret.Value(SECRET));
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void decode_keyRotatedAndOutOfReach_isAskedForOnceInASecond() {
    secrets.add(new KeySource.Secret.Value(WRONG_KEY));
    secrets.add(new KeySource.Secret.Unavailable("SocketTimeoutException"));
    assertThat(decode(recorded())).isInstanceOf(Decoded.Malformed.class);
    now = now.plusSeconds(11);
    for (int i = 0; i < 20; i++) {
      assertThat(decode(recorded())).isInstanceOf(Decoded.Unavailable.class);
    }
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void decode_keyOnceReadThenOutOfReach_lastGoodServes() {
    secrets.add(new KeySource.Secret.Value(SECRET));
    secrets.add(new KeySource.Secret.Unavailable("InternalServiceError"));
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
    now = now.plusSeconds(3_600);
    assertThat(decode(recorded())).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void decode_withoutAKey_isMalformed() {
    assertThat(Decoding.reason(recorded()))
        .isEqualTo("malformed: __encrypted__: expected no encryption while LITELLM_KEY_SECRET is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"metadata_only\"', ON",
    "'\"full\"', ON",
    "null, OFF",
  })
  void decode_privacyOutside_holdsForWhatWasInside(String privacy, PrivacyMode mode) {
    secrets.add(new KeySource.Secret.Value(SECRET));
    assertThat(routing("\"privacy\":" + privacy).privacyMode()).isEqualTo(mode);
  }

  @Test
  void decode_destinationOutside_holdsForWhatWasInside() {
    secrets.add(new KeySource.Secret.Value(SECRET));
    assertThat(routing("\"destination\":\"eu\"").destinations()).containsExactly("eu");
    assertThat(reason(decode(with("\"destination\":17"))))
        .isEqualTo("malformed: destination: expected the name of a destination, or an array of names");
  }

  @Test
  void decode_sayingThatItIsNotEncrypted_isReadAsItIs() {
    String plain = Samples.read("fixtures/litellm-recorded/success.json").strip().substring(1);
    assertThat(decode("{\"__encrypted__\":false," + plain)).isInstanceOf(Decoded.Valid.class);
    assertThat(Decoding.one("{\"__encrypted__\":null," + plain)).isInstanceOf(Decoded.Valid.class);
    assertThat(Decoding.one("{\"__encrypted__\":false,\"model\":\"m\",\"cost\":1}"))
        .isInstanceOf(Decoded.Valid.class);
  }

  private Routing routing(String fields) {
    return ((Decoded.Valid) decode(with(fields))).record().routing();
  }

  private static String with(String fields) {
    return "{" + fields + "," + recorded().strip().substring(1);
  }

  private static String recorded() {
    return Samples.read("fixtures/litellm-recorded/encrypted.json");
  }

  private Decoded decode(String body) {
    return decoder.decode(message(body)).getFirst();
  }

  private static QueuedMessage message(String body) {
    return new QueuedMessage("m", body, Decoding.SENT_MILLIS, "r", null);
  }

  private static String reason(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Malformed malformed -> malformed.reason();
      case Decoded.Valid(TelemetryRecord record) -> "valid: " + record.id();
      case Decoded.Ignored(String what) -> what;
      case Decoded.Stored _ -> "stored";
      case Decoded.Unavailable(String cause) -> cause;
    };
  }
}
