package dev.sentrybroadcast.delivery;

import static java.util.stream.Collectors.joining;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why a record was not delivered.
 *
 * @param detail for the log: paths, names, status codes, what to check; never content, a key or a
 *     DSN
 * @param delay how long Sentry wants nothing more of it; zero when it does not say
 */
record Failure(Reason reason, String detail, Duration delay) {

  private static final int CAUSES = 4;
  private static final int FRAMES = 8;

  Failure(Reason reason, String detail) {
    this(reason, detail, Duration.ZERO);
  }

  /** A bug of ours, told without the exception's message, which may quote content. */
  static Failure of(Throwable bug) {
    return new Failure(Reason.BUG, describe(bug));
  }

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
