package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a record goes and whether its content may leave, in every dialect. */
class RoutingsTest {

  private static final String LITELLM = "fixtures/litellm-recorded/success.json";
  private static final String MCP_TOOL = "fixtures/litellm/constructed-mcp-tool-call.json";
  private static final String OTLP = "fixtures/otel-recorded/indexed-names.json";

  @ParameterizedTest
  @CsvSource({
    LITELLM + ", null, OFF, false",
    LITELLM + ", '\"metadata_only\"', ON, false",
    LITELLM + ", '\"full\"', ON, true",
    MCP_TOOL + ", null, OFF, false",
    MCP_TOOL + ", '\"metadata_only\"', ON, false",
    MCP_TOOL + ", false, ON, true",
    OTLP + ", null, OFF, false",
    OTLP + ", '\"metadata_only\"', ON, false",
    OTLP + ", '{}', ON, true",
  })
  void decode_privacy_isTheRecordsInEveryDialect(
      String fixture, String value, PrivacyMode mode, boolean dropped) {
    List<TelemetryRecord> records = records(fixture, "\"privacy\":" + value);
    assertThat(records).allMatch(record -> record.routing().privacyMode() == mode);
    // Several traces of one message: the first counts for all.
    assertThat(records.getFirst().corrections().droppedFields().contains("privacy"))
        .isEqualTo(dropped);
  }

  @ParameterizedTest
  @ValueSource(strings = {LITELLM, MCP_TOOL})
  void decode_destinationOfLiteLlm_isTheRecords(String fixture) {
    assertThat(records(fixture, "\"destination\":\"eu\""))
        .extracting(TelemetryRecord::routing)
        .containsOnly(new Routing(List.of("eu"), PrivacyMode.OFF));
  }

  @ParameterizedTest
  @ValueSource(strings = {LITELLM, MCP_TOOL})
  void decode_destinationOfNoNameOfLiteLlm_isMalformedAndNeverTheDefault(String fixture) {
    assertThat(Decoding.reason(with(fixture, "\"destination\":17")))
        .isEqualTo("malformed: destination: expected the name of a destination, or an array of names");
  }

  @Test
  void decode_destinationOfOtlp_isTheDefault() {
    assertThat(records(OTLP, "\"destination\":\"eu\""))
        .allMatch(record -> record.routing().destinations().isEmpty());
  }

  private static List<TelemetryRecord> records(String fixture, String field) {
    List<TelemetryRecord> records =
        Decoding.decode(with(fixture, field)).stream()
            .map(decoded -> ((Decoded.Valid) decoded).record())
            .toList();
    assertThat(records).isNotEmpty();
    return records;
  }

  private static String with(String fixture, String field) {
    return "{" + field + "," + Samples.read(fixture).strip().substring(1);
  }
}
