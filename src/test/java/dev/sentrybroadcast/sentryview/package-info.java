/** What Sentry's AI views show of the spans that are sent, and what they would lose. */
@NullMarked
package dev.sentrybroadcast.sentryview;

import org.jspecify.annotations.NullMarked;
