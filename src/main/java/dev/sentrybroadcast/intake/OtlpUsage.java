package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Usage;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Token counts of a recorded span, of any of the names there are for them. */
final class OtlpUsage {

  private static final String[] INPUT = {"gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"};

  private static final String[] OUTPUT = {
    "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"
  };

  private static final String[] TOTAL = {"gen_ai.usage.total_tokens", "llm.usage.total_tokens"};

  private static final String[] CACHE_READ = {
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.input_tokens.cached",
    "gen_ai.usage.cache_read_input_tokens"
  };

  private static final String[] CACHE_WRITE = {
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.input_tokens.cache_write",
    "gen_ai.usage.cache_creation_input_tokens"
  };

  private static final String[] REASONING = {
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.output_tokens.reasoning",
    "gen_ai.usage.reasoning_tokens"
  };

  private static final Set<String> NAMES =
      Stream.of(INPUT, OUTPUT, TOTAL, CACHE_READ, CACHE_WRITE, REASONING)
          .flatMap(Arrays::stream)
          .collect(Collectors.toUnmodifiableSet());

  private OtlpUsage() {}

  /** Is it one of the names, whose value stands in here? */
  static boolean holds(String name) {
    return NAMES.contains(name);
  }

  static Usage read(OtlpAttributes attributes, CorrectionLog log) {
    return UsageReader.mended(
        new Usage(
            count(attributes, INPUT),
            count(attributes, OUTPUT),
            count(attributes, TOTAL),
            count(attributes, CACHE_READ),
            count(attributes, CACHE_WRITE),
            count(attributes, REASONING)),
        log);
  }

  /** The first of the names that has a count. */
  private static @Nullable Long count(OtlpAttributes attributes, String... names) {
    for (String name : names) {
      JsonValue value = attributes.get(name);
      Long count = value == null ? null : Numbers.whole(value);
      if (count != null && count >= 0 && count <= Numbers.EXACT_IN_DOUBLES) {
        return count;
      }
    }
    return null;
  }
}
