package dev.sentrybroadcast.producers;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where texts stand in what is sent: names of attributes and fields, never values. */
final class Leaks {

  private Leaks() {}

  static Set<String> places(Sent sent, String regex) {
    Pattern text = Pattern.compile(regex);
    Set<String> places = new TreeSet<>();
    for (SentSpan span : sent.spans()) {
      if (text.matcher(span.data().getName()).find()) {
        places.add("span name");
      }
      if (text.matcher(span.data().getStatus().getDescription()).find()) {
        places.add("status message");
      }
      span.attributes()
          .forEach((key, value) -> {
            if (text.matcher(key).find()) {
              places.add("attribute name");
            } else if (text.matcher(value.toString()).find()) {
              places.add(key.replaceAll("\\.\\d+", ".N"));
            }
          });
    }
    if (text.matcher(sent.corrections()).find()) {
      places.add("corrections");
    }
    if (text.matcher(sent.malformed() + "" + sent.ignored()).find()) {
      places.add("reason");
    }
    return places.isEmpty() ? Set.of("other bytes") : places;
  }
}
