package dev.sentrybroadcast.delivery;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells where our code failed, without the exception's message, which may quote content. */
final class Bug {

  private static final int CAUSES = 4;
  private static final int FRAMES = 8;

  private Bug() {}

  /** The classes of the exception and its causes, and its innermost frames. */
  static String describe(Throwable thrown) {
    Stream<String> kinds =
        Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
            .limit(CAUSES)
            .map(cause -> cause.getClass().getName());
    Stream<String> frames =
        Arrays.stream(thrown.getStackTrace())
            .limit(FRAMES)
            .map(
                f -> " at " + f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber());
    return kinds.collect(joining(" of ")) + frames.collect(joining());
  }
}
