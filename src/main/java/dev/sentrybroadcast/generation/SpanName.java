package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * The name of a recorded span.
 *
 * @param known made of what the span is and of its model, tool or agent; sent in privacy mode
 * @param given by the producer, which can write a prompt into it; null where it is the known one
 */
public record SpanName(String known, @Nullable Content<String> given) {}
