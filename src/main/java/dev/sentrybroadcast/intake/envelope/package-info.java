/** What a record can be wrapped in: an array of records, encryption. */
@NullMarked
package dev.sentrybroadcast.intake.envelope;

import org.jspecify.annotations.NullMarked;
