package dev.sentrybroadcast.intake.otlp;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of a vocabulary: by which names a span says a value. The first name with a value
 * counts.
 *
 * <p>A name is an attribute's; or {@code prefix.*} for all attributes with that prefix, put
 * together as one JSON value; or {@code prefix.{a,b}} for these of them; or {@code name/field/0/field} for a value in the JSON of an
 * attribute, where {@code *} stands for all elements and {@code name/} for all of the JSON. {@code
 * event:input} and {@code event:output} are the messages in span events.
 */
final class Names {

  static final Names NONE = new Names(Map.of());

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

  /** With these names before those that the field has. */
  Names with(Field field, String... first) {
    return put(field, Stream.concat(Stream.of(first), of(field).stream()).distinct().toList());
  }

  /** With these names in place of those that the field has. */
  Names only(Field field, String... all) {
    return put(field, List.of(all));
  }

  /** With the usual names of a request's parameters, all with this before them. */
  Names parameters(String prefix) {
    return with(Field.TEMPERATURE, prefix + "temperature")
        .with(Field.TOP_P, prefix + "top_p", prefix + "topP")
        .with(Field.TOP_K, prefix + "top_k", prefix + "topK")
        .with(
            Field.MAX_TOKENS,
            prefix + "max_tokens",
            prefix + "max_completion_tokens",
            prefix + "max_output_tokens",
            prefix + "maxTokens",
            prefix + "maxOutputTokens")
        .with(Field.FREQUENCY_PENALTY, prefix + "frequency_penalty")
        .with(Field.PRESENCE_PENALTY, prefix + "presence_penalty")
        .with(Field.SEED, prefix + "seed")
        .with(
            Field.REASONING_LEVEL, prefix + "reasoning_effort", prefix + "reasoning/effort")
        .with(Field.STREAMED, prefix + "stream");
  }

  private Names put(Field field, List<String> all) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(names);
    more.put(field, all);
    return new Names(more);
  }
}
