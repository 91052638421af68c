package dev.sentrybroadcast.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the console's page; no other file can be asked for. */
final class ConsoleFiles {

  private static final String FOLDER = "/console/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private ConsoleFiles() {}

  /** Null where there is none. */
  static Reply.@Nullable Answer of(String path) {
    String name = path.equals("/") ? "index.html" : path.substring(1);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !name.chars().allMatch(ConsoleFiles::isPlain)) {
      return null;
    }
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null
          ? null
          : new Reply.Answer(
              200, Map.of("content-type", type + "; charset=utf-8"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || c == '-' || c == '.';
  }
}
