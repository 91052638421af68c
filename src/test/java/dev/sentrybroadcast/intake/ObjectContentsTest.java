package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.intake.ObjectSource.Opened;
import dev.sentrybroadcast.intake.objects.AllowedObjects;
import dev.sentrybroadcast.intake.objects.AllowedSource;
import dev.sentrybroadcast.intake.objects.ObjectRecords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an object may hold, and which records come of it. */
final class ObjectContentsTest {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int MORE_THAN_IS_LOOKED_AT = 100_000;

  /** One record, whose id is the letter. */
  private static String record(String id) {
    return "{\"model\":\"m\",\"id\":\"%s\",\"ended_at\":1795176000,\"messages\":[]}".formatted(id);
  }

  private static String text(String form) {
    return form.replaceAll("[A-D]", "#$0#")
        .replace("#A#", record("A"))
        .replace("#B#", record("B"))
        .replace("#C#", record("C"))
        .replace("#D#", record("D").replace(",", ",\n  "))
        .replace("n|", "\n")
        .replace("r|", "\r")
        .replace("bom|", BYTE_ORDER_MARK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A; A",
        "D; D",
        "A n|B n|; A, B",
        "n| r|n| A r|n|r|n|B r|n|; A, B",
        "bom|A n|B; A, B",
        "bom|r|n|r|n|A; A",
        "bom|D; D",
        "bom|[A,B]; A, B",
        "[A, n| D, B]; A, D, B",
        "[A]n|[B,C]n|[]n|; A, B, C",
        "A n|[B,C]n|; A, B, C",
        "[A]n|B n|; A, B",
        "AB; A, B",
        "A B n|C n|; A, B, C",
        "D n|D n|A; D, D, A",
        "bom|; ''",
        "[]; an object without records",
        "{oops n|A n|B; line 1: JSON, A, B",
        "A n|{\"a\": n|B; A, line 2: JSON, B",
        "{\"a\": n|A n|B; line 1: JSON, A, B",
        "A n|n|B} n|C; A, line 3: JSON, C",
        "{\"a\": n|A; line 1: JSON, A",
        "A n|5 n|B; A, 'line 2: a JSON object, or an array of objects', B",
        "[A, {\"a\":}, B]; A, element 2: JSON",
        "[A, B; A, B, element 3: JSON",
      })
  void content_ofEachForm_isReadPlainOrCompressed(String form, String expected) throws IOException {
    byte[] content = text(form).getBytes(UTF_8);
    assertThat(results(new ByteArrayInputStream(content))).isEqualTo(expected.replace("'", ""));
    assertThat(results(new ByteArrayInputStream(gzip(content))))
        .isEqualTo(expected.replace("'", ""));
  }

  @Test
  void firstLine_longerThanWhatIsLookedAt_isALineOfMany() {
    String longer = record("A").replace("\"m\"", "\"m\",\"x\":\"" + filler() + "\"");
    assertThat(results(stream(longer + "\n{oops\n" + record("B")))).isEqualTo("A, line 2: JSON, B");
  }

  @Test
  void documentOfSeveralLines_longerThanWhatIsLookedAt_isOneRecord() {
    String longer = record("A").replace("\"m\"", "\"m\",\n\"x\":\"" + filler() + "\"");
    assertThat(results(stream(longer + "\n" + longer))).isEqualTo("A, A");
  }

  @Test
  void contentThatIsCutOff_givesWhatCameBefore() {
    InputStream cut =
        new SequenceInputStream(
            stream(record("A") + "\n" + record("B")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new EOFException();
              }

              @Override
              public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
              }
            });
    assertThat(results(cut)).isEqualTo("A, its data is cut off");
  }

  private static String filler() {
    return "x".repeat(MORE_THAN_IS_LOOKED_AT);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Ids, and reasons without their first word. */
  private static String results(InputStream content) {
    RecordDecoder decoder =
        new RecordDecoder()
            .reading(
                new AllowedSource(
                    AllowedObjects.parse("bucket"),
                    (object, _) -> new Opened.Body(content, 1, object, 0)),
                false);
    String message = "{\"s3BucketName\":\"bucket\",\"s3Key\":\"k\"}";
    Decoded stored = decoder.decode(new QueuedMessage("m", message, 0, null, null)).getFirst();
    assertThat(stored).isInstanceOf(Decoded.InObject.class);
    List<String> results = new ArrayList<>();
    try (ObjectRecords records = decoder.open(((Decoded.InObject) stored).part())) {
      ObjectRecords.Slice slice;
      do {
        slice = records.next(1, Long.MAX_VALUE);
        slice.records().forEach(each -> results.add(result(each)));
      } while (slice.rest() != null && slice.failure() == null);
      if (slice.failure() != null) {
        results.add(slice.failure());
      }
    }
    return String.join(", ", results);
  }

  private static String result(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Valid(Generation generation) -> String.valueOf(generation.id());
      case Decoded.Malformed(String path, String expected) ->
          path + ": " + expected.replaceFirst(" \\(broken at .*", "");
      case Decoded.Ignored(String what) -> what;
      default -> throw new AssertionError("neither a record nor a reason");
    };
  }
}
