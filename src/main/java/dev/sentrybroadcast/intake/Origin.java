package dev.sentrybroadcast.intake;

/**
 * Where a record came from. It stands in for what the record does not say.
 *
 * @param id the message's id, with the position in its array
 * @param sentEpochNanos when the message was put on the queue
 */
public record Origin(String id, long sentEpochNanos) {}
