/**
 * The product on one machine: a queue, a secret store, a Sentry stand-in and an event source. Never
 * deployed; the local run and the integration tests use the same parts.
 */
@NullMarked
package dev.sentrybroadcast.local;

import org.jspecify.annotations.NullMarked;
