/** The canonical and the flat record. */
@NullMarked
package dev.sentrybroadcast.intake.record;

import org.jspecify.annotations.NullMarked;
