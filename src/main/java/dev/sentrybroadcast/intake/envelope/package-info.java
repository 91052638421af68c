/** What a record can be wrapped in: an SNS notification, encryption. */
@NullMarked
package dev.sentrybroadcast.intake.envelope;

import org.jspecify.annotations.NullMarked;
