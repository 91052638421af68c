package dev.sentrybroadcast.bench;

import java.util.ArrayList;
import java.util.List;

/** One thing that grows, and its batches. */
record Panel(String name, String title, String axis, String unit, List<Cell> cells) {

  private static final int SMALL = 1_500;
  private static final int TYPICAL = 6_000;

  /** Bytes of the batches whose records differ in size: so that only that differs. */
  private static final int BATCH_BYTES = 900_000;

  private static final int SPAN_RECORDS = 4;

  Panel {
    cells = List.copyOf(cells);
  }

  static List<Panel> all() {
    return List.of(records(), size(), destinations(), spread(), spans());
  }

  private static Panel records() {
    List<Cell> cells = new ArrayList<>();
    for (int records : List.of(1, 10, 100, 1_000)) {
      byte[] event = Events.json(Records.bodies(records, SMALL));
      cells.add(new Cell(Integer.toString(records), records, records, records, event));
    }
    return new Panel("records", "Records per batch", "records of 1.5 KB", "record", cells);
  }

  private static Panel size() {
    List<Cell> cells = new ArrayList<>();
    for (int bytes : List.of(1_500, 6_000, 25_000, 100_000, 900_000)) {
      int records = BATCH_BYTES / bytes;
      byte[] event = Events.json(Records.bodies(records, bytes));
      String label = bytes < 2_000 ? "1.5" : Integer.toString(bytes / 1_000);
      cells.add(new Cell(label, bytes / 1e3, records, records * bytes / 1e3, event));
    }
    return new Panel("size", "Size of a record", "KB, in batches of 900 KB", "KB", cells);
  }

  private static Panel destinations() {
    List<Cell> cells = new ArrayList<>();
    for (int destinations : List.of(1, 2, 10, 50)) {
      byte[] event = Events.json(Records.routed(10, destinations, TYPICAL));
      int records = 10 * destinations;
      cells.add(new Cell(Integer.toString(destinations), destinations, records, records, event));
    }
    return new Panel(
        "destinations", "Destinations", "with 10 records of 6 KB each", "record", cells);
  }

  private static Panel spread() {
    List<Cell> cells = new ArrayList<>();
    for (int destinations : List.of(1, 2, 10, 50)) {
      byte[] event = Events.json(Records.routed(100 / destinations, destinations, TYPICAL));
      cells.add(new Cell(Integer.toString(destinations), destinations, 100, 100, event));
    }
    return new Panel("spread", "100 records over destinations", "destinations", "record", cells);
  }

  private static Panel spans() {
    List<Cell> cells = new ArrayList<>();
    for (int spans : List.of(1, 10, 100, 500)) {
      byte[] event = Events.json(Records.withSpans(SPAN_RECORDS, spans));
      int units = SPAN_RECORDS * spans;
      cells.add(new Cell(Integer.toString(spans), spans, SPAN_RECORDS, units, event));
    }
    return new Panel("spans", "Spans per record", "spans: tools that were run", "span", cells);
  }
}
