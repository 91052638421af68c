/**
 * The use case: a batch of messages becomes spans, requests, and a verdict per message, all before
 * the deadline. Knows nothing of Lambda.
 */
@NullMarked
package dev.sentrybroadcast.delivery;

import org.jspecify.annotations.NullMarked;
