package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Trace;
import dev.sentrybroadcast.generation.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Generations for tests; text as asked for, everything else plain. */
final class Generations {

  private static final long START_NANOS =
      Instant.parse("2026-11-20T11:59:58Z").getEpochSecond() * 1_000_000_000;
  private static final long SECOND = 1_000_000_000;

  private Generations() {}

  static Generation plain(String id, String... destinations) {
    return of(id, "What is a span?", PrivacyMode.OFF, null, null, destinations);
  }

  static Generation saying(String id, String prompt, String... destinations) {
    return of(id, prompt, PrivacyMode.OFF, null, null, destinations);
  }

  static Generation metadataOnly(String id, String... destinations) {
    return of(id, "What is a span?", PrivacyMode.ON, null, null, destinations);
  }

  static Generation failed(String id, String message, String... destinations) {
    Failure failure = new Failure("rate_limit_exceeded", 429, Content.of(message));
    return of(id, "What is a span?", PrivacyMode.OFF, failure, null, destinations);
  }

  static Generation fromKey(String id, String apiKeyName) {
    return of(id, "What is a span?", PrivacyMode.OFF, null, apiKeyName);
  }

  private static Generation of(
      String id,
      String prompt,
      PrivacyMode mode,
      @Nullable Failure failure,
      @Nullable String apiKeyName,
      String... destinations) {
    Content<List<Message>> input =
        Content.of(List.of(new Message("user", null, List.of(new Part.Text(prompt)), null)));
    return new Generation(
        id,
        new Routing(List.of(destinations), mode),
        ApiType.CHAT,
        new Model("openai", "openai/gpt-4o", "gpt-4o-2024-08-06"),
        new Timing(START_NANOS, START_NANOS + SECOND, null),
        new Caller("user_1", null, apiKeyName, null),
        Trace.NONE,
        RequestParameters.NONE,
        new Outcome(null, List.of("stop"), null, true, false, failure),
        Usage.NONE,
        Cost.NONE,
        new Exchange(input, null, null, null, null),
        List.of(),
        List.of(),
        Corrections.NONE);
  }
}
