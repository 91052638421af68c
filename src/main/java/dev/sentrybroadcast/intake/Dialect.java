package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/** A format of records. A new one is a class and a line in {@link RecordDecoder}. */
public interface Dialect {

  /** Whether the record is of this dialect, told by which fields there are. */
  boolean recognises(JsonObject record);

  /** One result, unless a record of this dialect holds several. */
  List<Decoded> read(ObjectView record, Origin origin);

  /** Reads the record inside of another one, in its own dialect. */
  @FunctionalInterface
  interface Inner {
    List<Decoded> read(JsonObject record, String path, Origin origin);
  }
}
