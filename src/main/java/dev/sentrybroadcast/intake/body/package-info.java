/** Requests and responses of the model providers' APIs: one {@code ApiBody} per API. */
@NullMarked
package dev.sentrybroadcast.intake.body;

import org.jspecify.annotations.NullMarked;
