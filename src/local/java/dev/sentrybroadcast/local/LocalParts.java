package dev.sentrybroadcast.local;

/**
 * What a local run is made of, as its console needs it.
 *
 * @param sentryHost where the spans go; the stand-in's where they go there
 * @param where a sentence about where the spans go; empty for the stand-in
 * @param fates what became of each message
 * @param readings what the product reads in each message
 */
record LocalParts(
    SentryStandIn sentry,
    String sentryHost,
    String where,
    LocalDestinations destinations,
    QueuePair queue,
    MessageFates fates,
    Readings readings) {}
