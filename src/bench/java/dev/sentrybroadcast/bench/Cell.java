package dev.sentrybroadcast.bench;

/**
 * One batch whose cost is measured.
 *
 * @param label where it stands on its panel's axis
 * @param units what the cost is divided by: records, kilobytes or spans of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Cell(String label, double x, int records, double units, byte[] event) {}
