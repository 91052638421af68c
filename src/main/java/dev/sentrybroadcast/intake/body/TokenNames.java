package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Words;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How an API names its token counts. Of several names the first one with a positive count is used,
 * and 0 only if none has one. A name can be the path of a field in an inner object; two names
 * joined by {@code +} are a sum.
 *
 * <p>The names are a table. Beside the counts it has the fields of a response that can hold them
 * ({@code at}; without it the response itself), and fields of which one is there ({@code any}),
 * which are there ({@code all}) or are not ({@code none}). {@code apart}: the input is without what
 * was read from the cache or written to it.
 */
public final class TokenNames {

  /** Also of LiteLLM, DeepSeek, xAI, and of most APIs that are like OpenAI's. */
  private static final TokenNames OPENAI =
      new TokenNames(
          """
          at usage x_groq.usage
          any prompt_tokens completion_tokens
          input prompt_tokens input_tokens
          output completion_tokens output_tokens
          total total_tokens
          read prompt_tokens_details.cached_tokens prompt_tokens_details.cache_read_tokens
          read input_tokens_details.cached_tokens cache_read_input_tokens num_cached_tokens
          read cached_tokens prompt_cache_hit_tokens
          write prompt_tokens_details.cache_write_tokens
          write prompt_tokens_details.cache_creation_tokens
          write input_tokens_details.cache_write_tokens cache_creation_input_tokens
          reasoning completion_tokens_details.reasoning_tokens
          reasoning completion_tokens_details.thinking_tokens
          reasoning output_tokens_details.reasoning_tokens output_tokens_details.thinking_tokens
          reasoning reasoning_tokens
          """);

  /**
   * The first one that fits reads a usage.
   *
   * @see <a href="https://docs.claude.com/en/docs/build-with-claude/prompt-caching">Anthropic's</a>
   */
  private static final List<TokenNames> ALL =
      List.of(
          // Gemini: the output counts leave the thoughts out.
          new TokenNames(
              """
              at usageMetadata usage_metadata
              any promptTokenCount candidatesTokenCount prompt_token_count candidates_token_count
              input promptTokenCount+toolUsePromptTokenCount
              input prompt_token_count+tool_use_prompt_token_count
              output candidatesTokenCount+thoughtsTokenCount
              output candidates_token_count+thoughts_token_count
              total totalTokenCount total_token_count
              read cachedContentTokenCount cached_content_token_count
              reasoning thoughtsTokenCount thoughts_token_count
              """),
          // Bedrock
          new TokenNames(
              """
              at usage amazon-bedrock-invocationMetrics
              any inputTokens outputTokens inputTokenCount outputTokenCount
              input inputTokens inputTokenCount
              output outputTokens outputTokenCount
              total totalTokens
              read cacheReadInputTokens cacheReadInputTokenCount
              write cacheWriteInputTokens cacheWriteInputTokenCount
              apart
              """),
          // Cohere: the billed tokens, as the GenAI conventions want it; else what the model saw.
          new TokenNames(
              """
              at usage meta
              any billed_units.input_tokens billed_units.output_tokens
              any tokens.input_tokens tokens.output_tokens
              input billed_units.input_tokens tokens.input_tokens
              output billed_units.output_tokens tokens.output_tokens
              """),
          // Ollama
          new TokenNames(
              """
              any prompt_eval_count eval_count
              input prompt_eval_count
              output eval_count
              """),
          // Anthropic; OpenAI's Responses use the same names with details beside them.
          new TokenNames(
              """
              at usage
              all input_tokens
              none prompt_tokens input_tokens_details
              any cache_read_input_tokens cache_creation_input_tokens cache_creation
              input input_tokens
              output output_tokens
              read cache_read_input_tokens
              write cache_creation_input_tokens
              write cache_creation.ephemeral_5m_input_tokens+cache_creation.ephemeral_1h_input_tokens
              reasoning output_tokens_details.thinking_tokens
              apart
              """),
          OPENAI,
          // OpenRouter
          new TokenNames(
              """
              at usage
              any native_tokens_prompt native_tokens_completion tokens_prompt tokens_completion
              input native_tokens_prompt tokens_prompt
              output native_tokens_completion tokens_completion
              read native_tokens_cached
              reasoning native_tokens_reasoning
              """));

  private final Map<String, List<String>> rows;

  private TokenNames(String table) {
    rows = Words.table(table);
  }

  /** Whether the object has token counts in the names of any API. */
  public static boolean areIn(ObjectView usage) {
    return ALL.stream().anyMatch(api -> api.fit(usage.json()));
  }

  /** Token counts in the names of any API. */
  public static Usage read(ObjectView usage) {
    return read(_ -> usage);
  }

  /** The token counts of a response, wherever an API has them. */
  public static Usage ofResponse(ObjectView response) {
    return read(api -> api.usage(response));
  }

  private static Usage read(Function<TokenNames, ObjectView> usages) {
    TokenNames first =
        ALL.stream().filter(api -> api.fit(usages.apply(api).json())).findFirst().orElse(OPENAI);
    return first.counts(usages.apply(first));
  }

  private List<String> row(String name) {
    return rows.getOrDefault(name, List.of());
  }

  private boolean fit(JsonObject usage) {
    return row("any").stream().anyMatch(name -> has(usage, name))
        && row("all").stream().allMatch(usage::has)
        && row("none").stream().noneMatch(usage::has);
  }

  private static boolean has(JsonObject owner, String path) {
    int dot = path.indexOf('.');
    return owner.has(path)
        || (dot > 0 && owner.object(path.substring(0, dot)).has(path.substring(dot + 1)));
  }

  /** The object with the counts; an empty one where there is none. */
  private ObjectView usage(ObjectView response) {
    ObjectView usage = response;
    for (String path : row("at")) {
      usage = response;
      for (String field : path.split("\\.", -1)) {
        usage = usage.objectIfAny(field);
      }
      if (!usage.isEmpty()) {
        return usage;
      }
    }
    return usage;
  }

  private @Nullable Long count(ObjectView usage, String row) {
    Long found = null;
    for (String name : row(row)) {
      Long sum = null;
      for (String term : name.split("\\+", -1)) {
        Long count = usage.count(term);
        sum = count == null ? sum : Long.valueOf(Numbers.zeroIfUnknown(sum) + count);
      }
      found = Numbers.firstPositive(found, sum);
    }
    return found;
  }

  /** The counts in Sentry's meaning. */
  private Usage counts(ObjectView usage) {
    Long input = count(usage, "input");
    Long read = count(usage, "read");
    Long write = count(usage, "write");
    Long total = count(usage, "total");
    if (input != null && rows.containsKey("apart")) {
      input += Numbers.zeroIfUnknown(read) + Numbers.zeroIfUnknown(write);
      total = null; // it is the sum of another input
    }
    return Usages.corrected(
        new Usage(input, count(usage, "output"), total, read, write, count(usage, "reasoning")),
        usage.log());
  }
}
