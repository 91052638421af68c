package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case was run through Sentry's own library for scrubbing, sentry-relay 0.10.1. */
final class DefaultScrubbingTest {

  @ParameterizedTest
  @CsvSource({
    "trace.metadata.author, Ada",
    "trace.metadata.tokenizer, o200k",
    "trace.metadata.first_token_ms, fast",
    "trace.metadata.API-Key.owner, Ada",
    "broadcast.api_key.name, checkout",
    "trace.metadata.team, authentication-service",
    "trace.metadata.note, 'token=abc'",
    "trace.metadata.kind, otp",
    "trace.metadata.header, Bearer abc",
    "trace.metadata.card, 4571 2345 6789 0111",
    "trace.metadata.ssn, 078-05-1120",
    "trace.metadata.account, DE89370400440532013000",
    "trace.metadata.database, https://ada:lovelace@db.example/x",
    "trace.metadata.pem, -----BEGIN PRIVATE KEY-----",
    "user.id, auth0|5f7c8ec7c33c6c004bbafe82",
  })
  void hides_nameOrValueLikeASecret_yes(String name, String value) {
    assertThat(DefaultScrubbing.hides(name, value)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "broadcast.key.name, checkout",
    "trace.metadata.team, search",
    "trace.metadata.note, token count",
    "trace.metadata.otp, 123456",
    "trace.metadata.author, true",
    "trace.metadata.author, ''",
    "trace.metadata.file, /home/ada/notes.txt",
    "trace.metadata.order, 4711-2026-11-20",
    "trace.metadata.uuid, ceee0822-ed8f-4622-b2a3-789e73e75cd1",
    "gen_ai.agent.name, Authentication Agent",
    "session.id, token=abc",
    "user.id, user-4711",
  })
  void hides_plainValueOrNameOfTheConventions_no(String name, String value) {
    assertThat(DefaultScrubbing.hides(name, value)).isFalse();
  }

  @Test
  void hides_numbersByTheirName_booleansNever() {
    assertThat(DefaultScrubbing.hides("trace.metadata.max_tokens", 500L)).isTrue();
    assertThat(DefaultScrubbing.hides("trace.metadata.card", 4571234567890111L)).isFalse();
    assertThat(DefaultScrubbing.hides("trace.metadata.has_token", true)).isFalse();
  }
}
