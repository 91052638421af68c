package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.producers.OtlpCanaries.Places;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A token in every place of all recordings that is no name, id, word or measurement: attribute
 * values of every JSON type, span names, events, and names and fields that nobody knows. With
 * privacy mode on none leaves.
 */
final class ProducerCanariesTest {

  private static final Report REPORT = new Report("producer-canaries");
  private static final Map<Places, Integer> COUNTS = new TreeMap<>();

  @ParameterizedTest
  @EnumSource
  void privacyMode_tokenInEveryPlace_noneLeaves(Places places) throws IOException {
    List<String> leaks = found(places, true).stream().map(place -> "on: leak: " + place).toList();
    assertThat(REPORT.add(places.toString(), leaks)).isEmpty();
  }

  /** So that a token that leaves would be found. */
  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON_TEXT", "INTEGER", "DECIMAL", "FLAG", "NAME"})
  void withContent_tokensLeave(Places places) throws IOException {
    assertThat(found(places, false)).isNotEmpty();
  }

  private static Set<String> found(Places places, boolean privacy) throws IOException {
    Set<String> found = new TreeSet<>();
    int count = 0;
    for (String name : RecordingsTest.recordings()) {
      OtlpCanaries canaries = new OtlpCanaries(places);
      String message = canaries.into(RecordingsTest.message(name));
      found.addAll(canaries.found(Sent.of(message, privacy)));
      count += canaries.count();
    }
    COUNTS.put(places, count);
    return found;
  }

  @AfterAll
  static void report() throws IOException {
    int sum = COUNTS.values().stream().mapToInt(Integer::intValue).sum();
    int recordings = RecordingsTest.recordings().size();
    REPORT.write("%d recordings, %d tokens: %s".formatted(recordings, sum, COUNTS));
  }
}
