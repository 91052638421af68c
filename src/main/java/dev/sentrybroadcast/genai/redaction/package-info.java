/**
 * Finds personal data and secrets in text and replaces them. Knows text and JSON, not what a span
 * or a message is.
 */
@NullMarked
package dev.sentrybroadcast.genai.redaction;

import org.jspecify.annotations.NullMarked;
