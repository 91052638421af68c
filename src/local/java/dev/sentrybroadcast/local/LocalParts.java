package dev.sentrybroadcast.local;

/**
 * What a local run is made of, as its console needs it.
 *
 * @param sentryHost where the spans go; the stand-in's where they go there
 * @param fates what became of each message
 */
record LocalParts(
    SentryStandIn sentry,
    String sentryHost,
    LocalDestinations destinations,
    QueuePair queue,
    MessageFates fates) {}
