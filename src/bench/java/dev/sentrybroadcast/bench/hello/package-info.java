/** What the runtime itself costs: a handler that does nothing. */
@NullMarked
package dev.sentrybroadcast.bench.hello;

import org.jspecify.annotations.NullMarked;
