package dev.sentrybroadcast.intake;

import java.util.List;

/**
 * One producer's way of writing a record. A new one is a class and a line in {@link RecordDecoder}.
 */
interface Dialect {

  /** Told by the shape alone: by which fields there are, never by what content they hold. */
  boolean recognises(JsonValue.Members record);

  /** What the record says; one result, unless the producer puts several generations into one. */
  List<Decoded> read(Fields record, Origin origin);
}
