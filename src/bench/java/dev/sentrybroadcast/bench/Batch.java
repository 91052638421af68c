package dev.sentrybroadcast.bench;

import java.util.List;

/** The batches that memory is measured with. */
enum Batch {
  TYPICAL_10(10, 6_000),
  TYPICAL_100(100, 6_000),
  SMALL_1000(1_000, 1_500),
  LARGE_60(60, 90_000),
  MAX_6(6, 900_000);

  private final int records;
  private final int bytes;

  Batch(int records, int bytes) {
    this.records = records;
    this.bytes = bytes;
  }

  int records() {
    return records;
  }

  List<String> bodies() {
    return Records.bodies(records, bytes);
  }

  @Override
  public String toString() {
    return records + " of " + (bytes < 2_000 ? "1.5" : Integer.toString(bytes / 1_000)) + " KB";
  }
}
