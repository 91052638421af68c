/** Records and bodies that are kept in objects: which ones may be read, and how. */
@NullMarked
package dev.sentrybroadcast.intake.objects;

import org.jspecify.annotations.NullMarked;
