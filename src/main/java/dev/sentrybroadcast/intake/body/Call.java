package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/**
 * The request and the response of one call; one and the same object in a flat record.
 *
 * @param said the API that the record names; null where it names none
 * @param cancelled whether the record says that the call was cancelled
 */
public record Call(
    ObjectView request, ObjectView response, @Nullable ApiType said, boolean cancelled) {

  Call asCancelled() {
    return new Call(request, response, said, true);
  }
}
