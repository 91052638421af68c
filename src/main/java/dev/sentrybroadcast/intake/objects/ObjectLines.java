package dev.sentrybroadcast.intake.objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an object; or the elements of its arrays, and values that are not alone on one line.
 */
public final class ObjectLines {

  private static final int BUFFER = 64 * 1024;

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final BoundedInput content;
  private final boolean gzip;
  private final LineReader reader;
  private final JsonReader.@Nullable Elements elements;

  private long number;

  private ObjectLines(
      BoundedInput content,
      boolean gzip,
      LineReader reader,
      JsonReader.@Nullable Elements elements) {
    this.content = content;
    this.gzip = gzip;
    this.reader = reader;
    this.elements = elements;
  }

  /**
   * One line.
   *
   * @param number from 1
   * @param end where the next one begins; 0 where it is not lines
   * @param json null where it was parsed already, or is too long
   * @param value null where it was not parsed
   * @param bytes how many it has; about, where it is not lines
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(
      long number, long end, byte @Nullable [] json, @Nullable JsonValue value, long bytes) {

    /** Of white space, or of the byte order mark that the first line may begin with. */
    boolean isBlank() {
      if (json == null) {
        return false;
      }
      for (byte each : json) {
        if ((each > ' ' || each < 0) && BYTE_ORDER_MARK.indexOf(each & 0xff) < 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** The object is not what it should be: nothing after this place can be read. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;
    final String path;
    final String expected;

    MalformedException(String path, String expected) {
      this.path = path;
      this.expected = expected;
    }
  }

  static MalformedException tooLarge() {
    return new MalformedException("$", "an object of at most 1 GiB, also uncompressed");
  }

  /** From where the part begins, in a stream that begins there, or at the start if compressed. */
  static ObjectLines of(InputStream bytes, ObjectPart part) throws IOException {
    InputStream stored = new BufferedInputStream(bytes, BUFFER);
    try {
      // Compressed data comes from its start, because it cannot be entered elsewhere.
      boolean gzip = part.gzip() || (part.offset() == 0 && isGzip(stored, part.object().key()));
      InputStream plain = gzip ? new GZIPInputStream(stored, BUFFER) : stored;
      if (gzip) {
        plain.skipNBytes(part.offset());
      }
      BoundedInput content = new BoundedInput(plain, part.offset());
      InputStream buffered = new BufferedInputStream(content, BUFFER);
      boolean isSequence = part.offset() == 0 && isSequence(buffered);
      ObjectLines lines =
          new ObjectLines(
              content,
              gzip,
              new LineReader(buffered, part.offset(), part.offset() == 0 ? 0 : part.line()),
              isSequence ? JsonReader.elements(buffered) : null);
      lines.start(part);
      return lines;
    } catch (ZipException _) {
      throw new MalformedException("$", "gzip, as its name says");
    } catch (BoundedInput.TooLargeException _) {
      throw tooLarge();
    }
  }

  /** The whole content of an object. */
  static InputStream uncompressed(InputStream bytes, String key) throws IOException {
    InputStream stored = new BufferedInputStream(bytes, BUFFER);
    return isGzip(stored, key) ? new GZIPInputStream(stored, BUFFER) : stored;
  }

  /** By its name, or by how it begins; an object of no bytes is empty, whatever its name. */
  private static boolean isGzip(InputStream stored, String key) throws IOException {
    stored.mark(2);
    int first = stored.read();
    int second = stored.read();
    stored.reset();
    return (first == 0x1f && second == 0x8b) || (first >= 0 && key.endsWith(".gz"));
  }

  private static boolean isSequence(InputStream content) throws IOException {
    byte[] start = new byte[BUFFER];
    int length = 0;
    boolean whole = false;
    content.mark(BUFFER);
    try {
      for (int next = content.read(); next >= 0; next = content.read()) {
        start[length++] = (byte) next;
        if (length == BUFFER) {
          break;
        }
      }
      whole = length < BUFFER;
    } catch (IOException _) {
      // It comes again, after what can be read.
    }
    content.reset();
    return JsonReader.isSequence(Arrays.copyOf(start, length), whole);
  }

  private void start(ObjectPart part) throws IOException {
    if (elements != null) {
      content.element();
      while (number < part.line() && elements.skip()) {
        content.element();
        number++;
      }
    }
  }

  boolean gzip() {
    return gzip;
  }

  /** The next one; null at the end. */
  @Nullable Line next() throws IOException {
    try {
      return elements == null ? reader.next() : element(elements);
    } catch (BoundedInput.TooLargeException _) {
      throw elements == null ? tooLarge() : new MalformedException(place(), "at most 6 MiB");
    } catch (JsonProcessingException | CharConversionException _) {
      throw new MalformedException(place(), "JSON");
    }
  }

  private String place() {
    return "element " + (number + 1);
  }

  private @Nullable Line element(JsonReader.Elements array) throws IOException {
    long before = content.position();
    content.element();
    JsonValue value = array.next();
    if (value == null) {
      return null;
    }
    number++;
    // The parser reads ahead, so an element of a few bytes can seem to have none.
    return new Line(number, 0, null, value, Math.max(64, content.position() - before));
  }

  /** As it is logged. */
  static String cause(IOException e) {
    return switch (e) {
      case EOFException _ -> "its data is cut off";
      case ZipException _ -> "its gzip data is damaged";
      // Its message quotes the content.
      case JsonProcessingException _ -> "its JSON is broken";
      default -> String.valueOf(e.getMessage());
    };
  }

  static void close(InputStream bytes) {
    try {
      bytes.close();
    } catch (IOException _) {
      // What was read of it is complete.
    }
  }
}
