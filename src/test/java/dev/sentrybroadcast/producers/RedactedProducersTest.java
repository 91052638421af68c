package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.RedactionCanaries;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import dev.sentrybroadcast.producers.OtlpCanaries.Places;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A value of each kind in every place of all recordings that is content. With redaction none
 * leaves, and without it they do.
 */
final class RedactedProducersTest {

  private static final Pattern TOKEN = Pattern.compile("CaNaRy([0-9]+)z");

  @ParameterizedTest
  @EnumSource(
      names = {"TEXT", "JSON_TEXT", "LIST", "MAP", "BYTES", "NAME", "NAME_LIKE_A_CONVENTION"})
  void redaction_valuesInEveryPlace_noneLeaves(Places places) throws IOException {
    assertThat(found(places, Redaction.ALL)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TEXT", "JSON_TEXT", "NAME"})
  void withoutRedaction_valuesOfAllKindsLeave(Places places) throws IOException {
    assertThat(found(places, Redaction.NONE)).hasSizeGreaterThanOrEqualTo(Kind.values().length);
  }

  private static Set<String> found(Places places, Redaction redaction) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String name : RecordingsTest.recordings()) {
      String planted = new OtlpCanaries(places).into(RecordingsTest.message(name));
      String message = TOKEN.matcher(planted).replaceAll(RedactedProducersTest::text);
      String sent = Sent.of(message, new ContentRules(PrivacyMode.OFF, redaction)).text();
      TOKEN
          .matcher(planted)
          .results()
          .forEach(token -> {
            Map<Kind, String> values = RedactionCanaries.values(number(token));
            values.forEach((kind, value) -> {
              if (sent.contains(value)) {
                found.add(name + ": " + kind);
              }
            });
          });
    }
    return found;
  }

  private static String text(MatchResult token) {
    return RedactionCanaries.text(number(token));
  }

  private static int number(MatchResult token) {
    return Integer.parseInt(token.group(1));
  }
}
