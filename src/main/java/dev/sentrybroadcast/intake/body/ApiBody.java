package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/**
 * What requests and responses of one API look like. A new API is a class and a line in {@link
 * ApiBodies}. Requests and responses are recognised apart from each other: a gateway can log the
 * request of one API with the response of another. A class can read only one of the two. How the
 * API names its token counts stands in {@link TokenNames}.
 */
interface ApiBody {

  /** Whether the request is of this API, told by which fields there are. */
  default boolean isRequest(Call call) {
    return false;
  }

  /** Reads a request for which {@link #isRequest} holds. */
  default ApiRequest request(ObjectView request) {
    throw new UnsupportedOperationException();
  }

  /** Whether the response is of this API, told by which fields there are. */
  default boolean isResponse(Call call) {
    return false;
  }

  /** Reads a response for which {@link #isResponse} holds. */
  default ApiResponse response(Call call) {
    throw new UnsupportedOperationException();
  }

  /** Who serves the API, if nobody else does; used where a record does not name the provider. */
  default @Nullable String provider() {
    return null;
  }
}
