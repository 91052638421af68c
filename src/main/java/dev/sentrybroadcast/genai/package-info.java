/**
 * Maps a generation or a recorded trace to spans: names, attributes, ids, privacy and size limits.
 * Knows nothing of HTTP, AWS or the JSON that producers send.
 */
@NullMarked
package dev.sentrybroadcast.genai;

import org.jspecify.annotations.NullMarked;
