/**
 * Where to send and under which rules: the port, its Secrets Manager adapter, the cache, routing,
 * sampling and filters.
 */
@NullMarked
package dev.sentrybroadcast.destination;

import org.jspecify.annotations.NullMarked;
