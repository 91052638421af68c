/** LiteLLM's {@code StandardLoggingPayload}. */
@NullMarked
package dev.sentrybroadcast.intake.litellm;

import org.jspecify.annotations.NullMarked;
