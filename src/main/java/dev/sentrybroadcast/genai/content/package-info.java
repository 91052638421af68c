/**
 * Content as span attributes: revealed by the privacy policy, written as JSON, cut to the limits. A
 * text transformation between revealing and cutting belongs into {@code SpanContent}, whose methods
 * see every content once.
 */
@NullMarked
package dev.sentrybroadcast.genai.content;

import org.jspecify.annotations.NullMarked;
