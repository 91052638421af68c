package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Generations;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanIdsTest {

  private static final String HEX = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void traceId_hex_isItselfInLowerCase() {
    assertThat(traceId("4BF92F3577B34DA6A3CE929D0E0E4736")).isEqualTo(HEX);
  }

  @Test
  void traceId_uuid_losesItsDashes() {
    assertThat(traceId("4BF92F35-77B3-4DA6-A3CE-929D0E0E4736")).isEqualTo(HEX);
    assertThat(SpanIds.textTraceId("4BF92F35-77B3-4DA6-A3CE-929D0E0E4736")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "incident_investigation_001",
        "00000000000000000000000000000000",
        "00000000-0000-0000-0000-000000000000",
        "4bf92f3577b34da6a3ce929d0e0e473",
        "4bf92f3577b34da6a3ce929d0e0e473g",
        "４bf92f3577b34da6a3ce929d0e0e4736",
        " padded "
      })
  void traceId_otherText_isItsHash(String text) throws Exception {
    assertThat(traceId(text)).isEqualTo(sha256(text, 16));
    assertThat(SpanIds.textTraceId(text)).isEqualTo(text);
  }

  @Test
  void traceId_longTexts_areHashedWhole() throws Exception {
    String text = "t".repeat(10_000);
    assertThat(traceId(text + "1")).isEqualTo(sha256(text + "1", 16)).isNotEqualTo(traceId(text));
  }

  @Test
  void traceId_none_isTheHashOfTheRecordId() throws Exception {
    assertThat(traceId(null)).isEqualTo(sha256("generation:gen-1", 16));
    assertThat(traceId(" ")).isEqualTo(sha256("generation:gen-1", 16));
  }

  @Test
  void traceId_session_hasNoPart() {
    Generation one = Generations.of("gen-1").session("session_a").build();
    assertThat(SpanIds.traceId(one)).isEqualTo(traceId(null));
  }

  @Test
  void spanId_everyRole_isTheHashOfTraceRecordAndRole() throws Exception {
    SpanIds ids = new SpanIds(HEX, "gen-1");
    assertThat(ids.spanId("root")).isEqualTo(sha256(HEX + "\ngen-1\nroot", 8));
    assertThat(ids.spanId("span")).isEqualTo(sha256(HEX + "\ngen-1\nspan", 8));
    assertThat(ids.spanId("generation")).isEqualTo(sha256(HEX + "\ngen-1\ngeneration", 8));
    assertThat(ids.spanId("attempt:1")).isEqualTo(sha256(HEX + "\ngen-1\nattempt:1", 8));
    assertThat(ids.spanId("tool:12")).isEqualTo(sha256(HEX + "\ngen-1\ntool:12", 8));
  }

  @Test
  void parentSpanId_onlyHex_isAParent() {
    assertThat(parent("00F067AA0BA902B7")).isEqualTo("00f067aa0ba902b7");
    assertThat(parent("0000000000000000")).isNull();
    assertThat(parent("span-1")).isNull();
    assertThat(parent("00f067aa0ba902b7 ")).isNull();
  }

  @Test
  void issueEventId_isTheHashOfTheSpanId() throws Exception {
    assertThat(SpanIds.issueEventId("00f067aa0ba902b7"))
        .isEqualTo(sha256("00f067aa0ba902b7issue", 16));
  }

  @Test
  void spanId_overAMillion_neverCollides() {
    int records = 250_000;
    long[] ids = new long[4 * records];
    for (int i = 0; i < records; i++) {
      SpanIds of = SpanIds.of(Generations.of("gen-" + i).build());
      ids[4 * i] = Long.parseUnsignedLong(of.spanId("root"), 16);
      ids[4 * i + 1] = Long.parseUnsignedLong(of.spanId("generation"), 16);
      ids[4 * i + 2] = Long.parseUnsignedLong(of.spanId("attempt:1"), 16);
      ids[4 * i + 3] = Long.parseUnsignedLong(of.spanId("tool:1"), 16);
    }
    Arrays.sort(ids);
    int collisions = 0;
    for (int i = 1; i < ids.length; i++) {
      collisions += ids[i] == ids[i - 1] ? 1 : 0;
    }
    assertThat(collisions).isZero();
    assertThat(ids).doesNotContain(0L);
  }

  private static String traceId(@Nullable String given) {
    return SpanIds.traceId(Generations.of("gen-1").traceId(given).build());
  }

  private static @Nullable String parent(String given) {
    return SpanIds.parentSpanId(Generations.of("gen-1").parentSpanId(given).build().trace());
  }

  private static String sha256(String text, int bytes) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest, 0, bytes);
  }
}
