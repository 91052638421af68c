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
 * together as one JSON value; or {@code name/field/0/field} for a value in the JSON of an
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

  /** With these names before those that the field has. */
  Names with(Field field, String... first) {
    return put(field, Stream.concat(Stream.of(first), of(field).stream()).distinct().toList());
  }

  /** With these names in place of those that the field has. */
  Names only(Field field, String... all) {
    return put(field, List.of(all));
  }

  private Names put(Field field, List<String> all) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(names);
    more.put(field, all);
    return new Names(more);
  }
}
