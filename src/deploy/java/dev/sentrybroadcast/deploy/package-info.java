/** The deployment test: what the pages tell an operator to do, done against LocalStack. */
@NullMarked
package dev.sentrybroadcast.deploy;

import org.jspecify.annotations.NullMarked;
