package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of a vocabulary: by which names a span says a value. The first name with a value
 * counts.
 *
 * <p>A name is an attribute's; or {@code prefix.*} for all attributes with that prefix, put
 * together as one JSON value; or {@code prefix.{a,b}} for these of them; or {@code
 * name/field/0/field} for a value in the JSON of an attribute, where {@code *} stands for all
 * elements and {@code name/} for all of the JSON. {@code event:input} and {@code event:output} are
 * the messages in span events.
 */
final class Names {

  static final Names NONE = new Names(Map.of());

  private final Map<Field, List<String>> names;

  private Names(Map<Field, List<String>> names) {
    this.names = names;
  }

  /** Which table is that of the role. */
  static Names of(SpanRole role, Names call, Names embeddings, Names tool, Names other) {
    return switch (role.type()) {
      case MODEL_CALL -> role.equals(SpanRole.EMBEDDINGS) ? embeddings : call;
      case TOOL -> tool;
      default -> other;
    };
  }

  List<String> of(Field field) {
    return names.getOrDefault(field, List.of());
  }

  /** The attributes that a name with braces stands for. */
  static List<String> inBraces(String name) {
    int brace = name.indexOf('{');
    return Stream.of(name.substring(brace + 1, name.length() - 1).split(",", -1))
        .map(name.substring(0, brace)::concat)
        .toList();
  }

  /** With these names before those that the field has. */
  Names with(Field field, String... first) {
    return put(field, Stream.concat(Stream.of(first), of(field).stream()).distinct().toList());
  }

  /** With these names in place of those that the field has. */
  Names only(Field field, String... all) {
    return put(field, List.of(all));
  }

  /** Like {@link #with}, all names with the prefix before them. */
  Names under(String prefix, Field field, String... first) {
    return with(field, Stream.of(first).map(prefix::concat).toArray(String[]::new));
  }

  /** Parameters in the JSON of a request, in the names of any API. */
  Names parameters(String prefix) {
    return under(prefix, Field.TEMPERATURE, "temperature")
        .under(prefix, Field.TOP_P, "top_p", "topP")
        .under(prefix, Field.TOP_K, "top_k", "topK")
        .under(prefix, Field.MAX_TOKENS, "maxTokens", "maxOutputTokens")
        .under(prefix, Field.MAX_TOKENS, "max_tokens", "max_completion_tokens", "max_output_tokens")
        .under(prefix, Field.FREQUENCY_PENALTY, "frequency_penalty")
        .under(prefix, Field.PRESENCE_PENALTY, "presence_penalty")
        .under(prefix, Field.SEED, "seed")
        .under(prefix, Field.REASONING_LEVEL, "reasoning_effort", "reasoning/effort")
        .under(prefix, Field.STREAMED, "stream");
  }

  /** Tokens in the JSON of a usage, in the names of any API. */
  Names usage(String prefix) {
    return under(prefix, Field.INPUT_TOKENS, "input", "input_tokens", "prompt_tokens")
        .under(prefix, Field.OUTPUT_TOKENS, "output", "output_tokens", "completion_tokens")
        .under(prefix, Field.TOTAL_TOKENS, "total", "total_tokens", "totalTokenCount")
        .under(prefix, Field.TOTAL_TOKENS, "total_token_count")
        .under(prefix, Field.CACHE_READ_TOKENS, "input_cache_read", "input_cached_tokens")
        .under(prefix, Field.CACHE_READ_TOKENS, "cache_read_input_tokens")
        .under(prefix, Field.CACHE_READ_TOKENS, "prompt_tokens_details/cached_tokens")
        .under(prefix, Field.CACHE_READ_TOKENS, "input_tokens_details/cached_tokens")
        .under(prefix, Field.CACHE_READ_TOKENS, "input_token_details/cache_read")
        .under(prefix, Field.CACHE_READ_TOKENS, "cachedContentTokenCount")
        .under(prefix, Field.CACHE_READ_TOKENS, "cached_content_token_count")
        .under(prefix, Field.CACHE_WRITE_TOKENS, "input_cache_creation")
        .under(prefix, Field.CACHE_WRITE_TOKENS, "input_cache_creation_tokens")
        .under(prefix, Field.CACHE_WRITE_TOKENS, "cache_creation_input_tokens")
        .under(prefix, Field.CACHE_WRITE_TOKENS, "input_token_details/cache_creation")
        .under(prefix, Field.REASONING_TOKENS, "output_reasoning", "output_reasoning_tokens")
        .under(prefix, Field.REASONING_TOKENS, "completion_tokens_details/reasoning_tokens")
        .under(prefix, Field.REASONING_TOKENS, "output_tokens_details/reasoning_tokens")
        .under(prefix, Field.REASONING_TOKENS, "output_token_details/reasoning")
        .under(prefix, Field.REASONING_TOKENS, "thoughtsTokenCount", "thoughts_token_count");
  }

  /** Finish reasons in the JSON of a response of any API, or of LangChain. */
  Names finishReasons(String prefix) {
    String langChain = prefix + "generations/0/0/";
    String metadata = langChain + "message/kwargs/response_metadata/";
    return under(metadata, Field.FINISH_REASONS, "finish_reason", "stop_reason")
        .under(langChain, Field.FINISH_REASONS, "generation_info/finish_reason")
        .under(prefix, Field.FINISH_REASONS, "finish_reason", "finishReason")
        .under(prefix, Field.FINISH_REASONS, "stop_reason", "stopReason")
        .under(
            prefix, Field.FINISH_REASONS, "choices/*/finish_reason", "candidates/*/finish_reason");
  }

  /** Of a tool, whose input and output are no messages. */
  Names ofTool(String arguments, String result) {
    return only(Field.INPUT)
        .only(Field.OUTPUT)
        .with(Field.TOOL_ARGUMENTS, arguments)
        .with(Field.TOOL_RESULT, result);
  }

  /** Of embeddings, whose input and output are no messages. */
  Names ofEmbeddings(String... inputs) {
    return only(Field.INPUT).only(Field.OUTPUT).with(Field.EMBEDDINGS_INPUT, inputs);
  }

  private Names put(Field field, List<String> all) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(names);
    more.put(field, all);
    return new Names(more);
  }
}
