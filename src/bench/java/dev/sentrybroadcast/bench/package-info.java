/** Benchmarks; docs/performance.md says how they are run. */
@NullMarked
package dev.sentrybroadcast.bench;

import org.jspecify.annotations.NullMarked;
