package dev.sentrybroadcast.intake;

/**
 * Where a record came from, for what it does not say itself.
 *
 * @param id stands in for a missing id: the message's, with the place in its array
 * @param sentEpochNanos when the message was put on the queue
 */
record Origin(String id, long sentEpochNanos) {}
