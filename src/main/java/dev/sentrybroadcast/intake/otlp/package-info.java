/**
 * OTLP/JSON: spans that a producer made itself. One {@code Vocabulary} per family of attribute
 * names.
 */
@NullMarked
package dev.sentrybroadcast.intake.otlp;

import org.jspecify.annotations.NullMarked;
