package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadingsTest {

  private final Readings readings = new Readings(LocalDestinations.LITELLM_KEY);

  @Test
  void take_misspeltAndWrongFields_notedOnceForTheirTrace() {
    String body =
        """
        {"id": "r1", "model": "m", "modle": 2, "destination": ["eu", "us"],
         "usage": {"prompt_tokens": "many", "completion_tokens": 1},
         "started_at": "2026-11-20T12:00:02Z", "ended_at": "2026-11-20T12:00:01Z"}\
        """;
    readings.take("m1", body);
    readings.take("m1", body);
    readings.take("m2", body);

    assertThat(readings.notes(0)).hasSize(1);
    assertThat(readings.notes(1)).isEmpty();
    Readings.Note note = readings.notes(0).getFirst();
    assertThat(note.sentences())
        .containsExactly(
            "corrected: end before start",
            "usage.prompt_tokens: dropped, its value cannot be read",
            "modle: no field that is read");
    assertThat(readings.ofTrace(note.traceId())).containsExactly(note);
    assertThat(readings.of("m2").traceIds()).containsExactly(note.traceId());
    assertThat(readings.of("m1").destinations()).containsExactly("eu", "us");
  }

  @Test
  void read_recordWithoutDestination_goesToTheDefault() {
    assertThat(readings.read("m", "{\"model\": \"m\", \"usage\": {\"prompt_tokens\": 1}}"))
        .satisfies(
            reading -> assertThat(reading.destinations()).isEqualTo(List.of("default")))
        .satisfies(reading -> assertThat(reading.notes()).isEmpty());
  }

  @Test
  void read_malformed_hasNoTrace() {
    assertThat(readings.read("m", "{").traceIds()).isEmpty();
  }
}
