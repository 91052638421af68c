/** What OpenRouter's Broadcast writes to S3. */
@NullMarked
package dev.sentrybroadcast.intake.openrouter;

import org.jspecify.annotations.NullMarked;
