/**
 * What one would write first: databind, the SDK's tracer provider with its batch processor, its
 * exporter over okhttp, and the generated client of Secrets Manager.
 */
@NullMarked
package dev.sentrybroadcast.bench.stock;

import org.jspecify.annotations.NullMarked;
