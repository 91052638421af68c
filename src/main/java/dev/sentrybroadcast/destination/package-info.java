/** Where to send and by which rules: secrets, their cache, routing, sampling and filters. */
@NullMarked
package dev.sentrybroadcast.destination;

import org.jspecify.annotations.NullMarked;
