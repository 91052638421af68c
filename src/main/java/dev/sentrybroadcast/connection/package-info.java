/**
 * The second use case: test a connection to Sentry, save a destination that passed, preview a
 * record. It does not know Lambda's event types.
 */
@NullMarked
package dev.sentrybroadcast.connection;

import org.jspecify.annotations.NullMarked;
