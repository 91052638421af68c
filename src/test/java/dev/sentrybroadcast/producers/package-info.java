/** Messages as producers really send them, and what must come out of them. */
@NullMarked
package dev.sentrybroadcast.producers;

import org.jspecify.annotations.NullMarked;
