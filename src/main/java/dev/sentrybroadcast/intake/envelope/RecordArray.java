package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** An array of records in one message. */
public final class RecordArray {

  private RecordArray() {}

  /** Reads one record of the array. */
  @FunctionalInterface
  public interface ElementDecoder {
    List<Decoded> decode(JsonObject record, String path, int index);
  }

  public static List<Decoded> decode(JsonValue.Array array, ElementDecoder decoder) {
    List<JsonValue> records = array.items();
    if (records.isEmpty() || records.size() > Limits.RECORDS_OF_MESSAGE) {
      return List.of(
          new Decoded.Malformed("$", "an array of 1 to " + Limits.RECORDS_OF_MESSAGE + " records"));
    }
    List<Decoded> decoded = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      String path = "[" + i + "]";
      if (records.get(i) instanceof JsonObject record) {
        decoded.addAll(decoder.decode(record, path, i));
      } else {
        decoded.add(new Decoded.Malformed(path, "a JSON object"));
      }
    }
    return decoded;
  }
}
