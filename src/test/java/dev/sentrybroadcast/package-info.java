/** Tests of the product as a whole. */
@NullMarked
package dev.sentrybroadcast;

import org.jspecify.annotations.NullMarked;
