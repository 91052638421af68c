package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.Words;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * By which names a span says a value. The first name with a value counts.
 *
 * <p>A name is an attribute's; or {@code prefix.*} for the attributes with that prefix and an index
 * behind it, put together as one JSON array; or {@code prefix.{a,b}} for these of them; or {@code
 * name/field/0/field} for a value in the JSON of an attribute, where {@code *} stands for all
 * elements and {@code name/} for all of the JSON. {@code event:input} and {@code event:output} are
 * the messages in span events.
 *
 * <p>Names are written as a table: in each line a {@link Field} in lower case, then names. A second
 * line of a field adds to the first one.
 */
final class Names {

  static final Names NONE = new Names(Map.of());

  /** Parameters in the JSON of a request, in the names of any API. */
  private static final String PARAMETERS =
      """
      temperature temperature
      top_p top_p topP
      top_k top_k topK
      max_tokens max_tokens max_completion_tokens max_output_tokens maxTokens maxOutputTokens
      frequency_penalty frequency_penalty
      presence_penalty presence_penalty
      seed seed
      reasoning_level reasoning_effort reasoning/effort
      streamed stream
      """;

  /** Tokens in the JSON of a usage, in the names of any API. */
  private static final String USAGE =
      """
      input_tokens input input_tokens prompt_tokens
      output_tokens output output_tokens completion_tokens
      total_tokens total_token_count total total_tokens totalTokenCount
      cache_read_tokens cached_content_token_count cachedContentTokenCount
      cache_read_tokens input_token_details/cache_read input_tokens_details/cached_tokens
      cache_read_tokens prompt_tokens_details/cached_tokens cache_read_input_tokens
      cache_read_tokens input_cache_read input_cached_tokens
      cache_write_tokens input_token_details/cache_creation cache_creation_input_tokens
      cache_write_tokens input_cache_creation_tokens input_cache_creation
      reasoning_tokens thoughtsTokenCount thoughts_token_count output_token_details/reasoning
      reasoning_tokens output_tokens_details/reasoning_tokens
      reasoning_tokens completion_tokens_details/reasoning_tokens
      reasoning_tokens output_reasoning output_reasoning_tokens
      """;

  /** Finish reasons in the JSON of a response of any API, or of LangChain. */
  private static final String FINISH_REASONS =
      """
      finish_reasons choices/*/finish_reason candidates/*/finish_reason stop_reason stopReason
      finish_reasons finish_reason finishReason generations/0/0/generation_info/finish_reason
      finish_reasons generations/0/0/message/kwargs/response_metadata/finish_reason
      finish_reasons generations/0/0/message/kwargs/response_metadata/stop_reason
      """;

  private final Map<Field, List<String>> names;

  private Names(Map<Field, List<String>> names) {
    this.names = names;
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

  /** With the names of a table before those that its fields have. */
  Names with(String table) {
    return under("", table);
  }

  /** Like {@link #with}, all names with the prefix before them. */
  Names under(String prefix, String table) {
    Names both = new Names(new EnumMap<>(Field.class));
    both.names.putAll(names);
    rows(prefix, table)
        .forEach((field, first) ->
            both.names.put(
                field, Stream.concat(first.stream(), of(field).stream()).distinct().toList()));
    return both;
  }

  /** With the names of a table in place of those that its fields have. */
  Names only(String table) {
    Names both = new Names(new EnumMap<>(Field.class));
    both.names.putAll(names);
    both.names.putAll(rows("", table));
    return both;
  }

  private static Map<Field, List<String>> rows(String prefix, String table) {
    Map<Field, List<String>> rows = new EnumMap<>(Field.class);
    Words.table(table)
        .forEach((field, named) ->
            rows.put(
                Field.valueOf(field.toUpperCase(Locale.ROOT)),
                named.stream().map(prefix::concat).toList()));
    return rows;
  }

  Names parameters(String prefix) {
    return under(prefix, PARAMETERS);
  }

  Names usage(String prefix) {
    return under(prefix, USAGE);
  }

  Names finishReasons(String prefix) {
    return under(prefix, FINISH_REASONS);
  }

  /** Of what has other content than messages: a tool, or embeddings. */
  Names withoutMessages() {
    return only("input\noutput");
  }
}
