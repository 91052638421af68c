/** The JSON tree that everything in intake reads, its reader and its writer. */
@NullMarked
package dev.sentrybroadcast.intake.json;

import org.jspecify.annotations.NullMarked;
