package dev.sentrybroadcast.sentry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/** What came of one HTTP request. */
public sealed interface HttpResult {

  /**
   * A response with a status.
   *
   * @param headers by name in lower case
   * @param body the beginning of the body, as much of it as came in time; good for a diagnosis only
   * @param sentWhole whether the whole request had been written when the response came. Sentry
   *     cannot have read a request that was not sent whole.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Response(int status, Map<String, List<String>> headers, byte[] body, boolean sentWhole)
      implements HttpResult {

    /** Without headers and body: both come from outside, and may quote what was sent. */
    @Override
    public String toString() {
      return "Response[" + status + (sentWhole ? "]" : ", request not sent whole]");
    }
  }

  /** No status came. */
  record NoResponse(Cause cause) implements HttpResult {}

  /** Why no status came. */
  enum Cause {
    TIMEOUT("no response in time"),
    DNS("the host's name does not resolve"),
    REFUSED_ADDRESS("the host has an address that is not allowed"),
    CONNECT("the connection was refused"),
    TLS("TLS failed"),
    RESET("the connection broke before a response"),
    PROTOCOL("the response is not HTTP"),
    INVALID_URL("the URL cannot be requested"),
    INTERRUPTED("interrupted");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    static Cause of(IOException failure) {
      return switch (failure) {
        case NameResolver.RefusedAddressException _ -> REFUSED_ADDRESS;
        case UnknownHostException _ -> DNS;
        case InterruptedIOException _ -> TIMEOUT;
        case ConnectException _, NoRouteToHostException _ -> CONNECT;
        case SSLException _ -> TLS;
        case ProtocolException _ -> PROTOCOL;
        default -> RESET;
      };
    }

    /** The cause in plain words, without names or addresses. */
    public String words() {
      return words;
    }
  }
}
