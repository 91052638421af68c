package dev.sentrybroadcast.connection;

/**
 * An endpoint whose text is in order; what its name resolves to is not known yet.
 *
 * @param privateAddress whether the operator lets it be at a private or loopback address
 */
record Endpoint(boolean tls, String host, int port, String path, boolean privateAddress) {}
