package dev.sentrybroadcast.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Options of a bench: {@code --name value}. */
record Options(Map<String, String> values) {

  Options {
    values = Map.copyOf(values);
  }

  static Options of(List<String> arguments, String... known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!name.startsWith("--")
          || !List.of(known).contains(name.substring(2))
          || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            name + ": known are, each with a value, --" + String.join(", --", known));
      }
      values.put(name.substring(2), arguments.get(i + 1));
    }
    return new Options(values);
  }

  int number(String name, int fallback) {
    String value = values.get(name);
    return value == null ? fallback : Integer.parseInt(value);
  }

  String text(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }
}
