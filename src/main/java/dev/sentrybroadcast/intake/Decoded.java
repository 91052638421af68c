package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.objects.ObjectPart;
import java.util.List;

/** What one record of a message is. */
public sealed interface Decoded {

  record Valid(TelemetryRecord record) implements Decoded {}

  /**
   * Nothing to send and not an error, such as a producer's connection test or a call that generates
   * nothing. It is done, and counted.
   *
   * @param what the name under which it is counted; never content
   */
  record Ignored(String what) implements Decoded {}

  /**
   * Cannot be read now, but perhaps later: the message goes back to the queue.
   *
   * @param cause as it is logged; never content
   */
  record Unavailable(String cause) implements Decoded {}

  /** Records in objects: they are read when there is room for them, or cannot be read now. */
  sealed interface Stored extends Decoded {}

  /**
   * An object that the record points to cannot be read now: the message goes back to the queue.
   *
   * @param cause as it is logged; never content
   */
  record SourceUnavailable(String cause) implements Stored {}

  /** The records in an object. */
  record InObject(ObjectPart part) implements Stored {}

  /** One record whose bodies are in objects. */
  record WithBodies(BodiesReader reader) implements Stored {}

  /** Reads the bodies of one record, and then the record. */
  @FunctionalInterface
  interface BodiesReader {
    Complete read();
  }

  /**
   * A record with its bodies.
   *
   * @param bytes of the bodies
   */
  record Complete(List<Decoded> records, long bytes) {
    public Complete {
      records =
          records.stream()
              .map(each ->
                  each instanceof InObject || each instanceof WithBodies
                      ? new Malformed("$", "a record, not a pointer to others")
                      : each)
              .toList();
    }
  }

  /**
   * Not a record. Other records of the message go on.
   *
   * @param path where in the message, as {@code request.model} or {@code [2].id}; never content
   * @param expected what was expected there
   */
  record Malformed(String path, String expected) implements Decoded {

    /** {@code malformed: <path>: expected <what>}, as it is logged. */
    public String reason() {
      return "malformed: " + path + ": expected " + expected;
    }
  }
}
