package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.ObjectSource.Opened;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.SourceObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a part of an object, a slice at a time: memory is bounded by a slice and a
 * line. The first bytes tell whether it is JSON lines, an array, or one document of several lines.
 */
public final class ObjectRecords implements AutoCloseable {

  private final Decoder decoder;
  private final Opened opened;
  private ObjectPart rest;
  private @Nullable ObjectLines lines;

  /** Opens the object; what comes of that is told by the first slice. */
  public ObjectRecords(ObjectPart part, AllowedSource source, Decoder decoder) {
    this.decoder = decoder;
    rest = part;
    // Compressed data is read from its start, because it cannot be entered elsewhere.
    opened = source.open(part.object(), part.gzip() ? 0 : part.offset());
  }

  /** Reads one record, or an array of records. */
  @FunctionalInterface
  public interface Decoder {
    List<Decoded> decode(ObjectLines.Line line, Origin origin);
  }

  /**
   * Some records, in order.
   *
   * @param bytes of what was read for them
   * @param rest the part that comes after them; null at the end
   * @param failure why nothing after them can be read now; null if nothing failed
   */
  public record Slice(
      List<Decoded> records, long bytes, @Nullable ObjectPart rest, @Nullable String failure) {}

  /** The next records: until there are so many or so many bytes, and at least one line. */
  public Slice next(int maxRecords, long maxBytes) {
    return switch (opened) {
      case Opened.Body body -> slice(body, maxRecords, maxBytes);
      case Opened.NotAllowed() ->
          last(new Decoded.Malformed("$", "an object in one of SOURCE_BUCKETS"));
      case Opened.Overwritten() ->
          last(new Decoded.Ignored("an object that was overwritten since its notification"));
      case Opened.Unavailable(String cause) -> new Slice(List.of(), 0, null, cause);
    };
  }

  private static Slice last(Decoded what) {
    return new Slice(List.of(what), 0, null, null);
  }

  private Slice slice(Opened.Body body, int maxRecords, long maxBytes) {
    List<Decoded> records = new ArrayList<>();
    long bytes = 0;
    try {
      ObjectLines from = lines == null ? start(body) : lines;
      lines = from;
      while (records.size() < maxRecords && bytes < maxBytes && rest.hasMore()) {
        ObjectLines.Line line = from.next();
        if (line == null || line.number() > Limits.OBJECT_LINES) {
          if (line != null) {
            records.add(new Decoded.Malformed("$", "at most " + Limits.OBJECT_LINES + " lines"));
          } else if (rest.line() == 0 && records.isEmpty()) {
            records.add(new Decoded.Ignored("an object without records"));
          }
          return new Slice(records, bytes, null, null);
        }
        rest = rest.after(body.object(), line.number(), line.end(), from.gzip());
        bytes += line.bytes();
        if (!line.isBlank()) {
          bytes += add(line, body, records);
        }
      }
      return new Slice(records, bytes, rest.hasMore() ? rest : null, null);
    } catch (ObjectLines.MalformedException e) {
      records.add(new Decoded.Malformed(e.path, e.expected));
      return new Slice(records, bytes, null, null);
    } catch (IOException e) {
      return new Slice(records, bytes, rest, ObjectLines.cause(e));
    }
  }

  private ObjectLines start(Opened.Body body) throws IOException {
    if (body.size() > Limits.OBJECT_BYTES) {
      throw ObjectLines.tooLarge();
    }
    return ObjectLines.of(body.bytes(), rest);
  }

  /** Adds the records of a line. Returns how many bytes were read for their bodies. */
  private long add(ObjectLines.Line line, Opened.Body body, List<Decoded> records) {
    SourceObject object = body.object();
    Origin origin =
        new Origin(
            "s3:"
                + object.bucket()
                + "/"
                + object.key()
                + "@"
                + object.version()
                + "#"
                + line.number(),
            body.modifiedEpochNanos());
    long bytes = 0;
    for (Decoded decoded : decoder.decode(line, origin)) {
      switch (decoded) {
        case Decoded.WithBodies(Decoded.BodiesReader reader) -> {
          Decoded.Complete complete = reader.read();
          bytes += complete.bytes();
          complete.records().forEach(each -> records.add(at(line, each)));
        }
        case Decoded.InObject _ ->
            records.add(at(line, new Decoded.Malformed("$", "a record, not a pointer to others")));
        default -> records.add(at(line, decoded));
      }
    }
    return bytes;
  }

  /** Names the line in the reason of a malformed record. */
  private static Decoded at(ObjectLines.Line line, Decoded decoded) {
    return decoded instanceof Decoded.Malformed(String path, String expected)
        ? new Decoded.Malformed(
            "line " + line.number() + (path.equals("$") ? "" : ": " + path), expected)
        : decoded;
  }

  @Override
  public void close() {
    if (opened instanceof Opened.Body body) {
      ObjectLines.close(body.bytes());
    }
  }
}
