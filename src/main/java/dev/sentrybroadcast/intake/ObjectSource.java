package dev.sentrybroadcast.intake;

import java.io.IOException;
import java.io.InputStream;

/** Where objects are kept. Safe to call from several threads. */
@FunctionalInterface
public interface ObjectSource {

  /**
   * Opens the object as it is now, or the version that it names. Does not throw.
   *
   * @param offset the first byte to read, as it is stored; 0 for the whole object
   */
  Opened open(SourceObject object, long offset);

  /** What came of opening it. */
  sealed interface Opened {

    /**
     * Its bytes. The stream ends with an {@link IOException}, whose message can be logged, if it is
     * cut off.
     *
     * @param bytes to be closed; {@code available} is 0 only at the end, as gzip needs it
     * @param size of the whole object, as it is stored
     * @param object with its version, so that it can be opened again as it is now
     * @param modifiedEpochNanos when it was written
     */
    record Body(InputStream bytes, long size, SourceObject object, long modifiedEpochNanos)
        implements Opened {}

    /** It was overwritten since: it is not the object with this ETag anymore. */
    record Overwritten() implements Opened {}

    /** The settings do not allow this bucket or key. */
    record NotAllowed() implements Opened {}

    /**
     * There is no such object, or it cannot be read now.
     *
     * @param cause as it is logged: a kind of failure, never a message or value
     */
    record Unavailable(String cause) implements Opened {}
  }
}
