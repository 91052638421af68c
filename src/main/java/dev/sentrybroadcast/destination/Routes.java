package dev.sentrybroadcast.destination;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which destinations a record goes to that names none itself: those of the first route that
 * matches, else the defaults.
 *
 * @param fallback null for those of the settings
 */
public record Routes(List<Entry> entries, @Nullable List<String> fallback) {

  /** What stands after the prefix in the name of the routes' secret; no destination's name. */
  public static final String NAME = "_routes";

  public static final Routes NONE = new Routes(List.of(), null);

  private static final String OBJECT = "a JSON object with \"routes\"";
  private static final String NAMES = "an array of at least one destination's name";

  public Routes {
    entries = List.copyOf(entries);
    fallback = fallback == null ? null : List.copyOf(fallback);
  }

  /** One route. */
  record Entry(Condition when, List<String> to) {}

  /**
   * Destinations of a record.
   *
   * @param by what chose them: {@code record}, {@code default}, or the route's path
   * @param names distinct, in order; not empty, unknown names among them
   */
  public record Choice(String by, List<String> names) {}

  /** Reads {@code {"routes": [{"when": {filter}, "to": […]}], "default": […]}}. */
  static Routes read(String text) throws InvalidJsonException {
    SecretValue document = SecretValue.object(text, OBJECT);
    document.allowOnly("routes", "default");
    List<Entry> entries = new ArrayList<>();
    for (SecretValue route : document.get("routes").elements("an array of routes")) {
      route.allowOnly("when", "to");
      List<String> names = names(route.get("to"));
      if (names == null) {
        throw route.get("to").expected(NAMES);
      }
      entries.add(new Entry(Condition.filter(route.get("when")), names));
    }
    return new Routes(entries, names(document.get("default")));
  }

  private static @Nullable List<String> names(SecretValue names) throws InvalidJsonException {
    LinkedHashSet<String> read = new LinkedHashSet<>();
    for (SecretValue name : names.elements(NAMES)) {
      String text = name.text();
      if (text == null || !CachedDestinations.isName(text)) {
        throw name.expected("a destination's name: 1 to 64 of A-Z a-z 0-9 _ . -");
      }
      read.add(text);
    }
    if (!names.isNull() && read.isEmpty()) {
      throw names.expected(NAMES);
    }
    return names.isNull() ? null : List.copyOf(read);
  }

  /** What the record itself names; null where it names nothing, and needs routes. */
  public static @Nullable Choice named(List<String> destinations) {
    return destinations.isEmpty()
        ? null
        : new Choice("record", List.copyOf(new LinkedHashSet<>(destinations)));
  }

  /** The destinations of a record that names none. */
  public Choice of(RecordValues record, List<String> defaults) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).when.matches(record)) {
        return new Choice("routes[" + i + "]", entries.get(i).to);
      }
    }
    return new Choice("default", fallback == null ? defaults : fallback);
  }
}
