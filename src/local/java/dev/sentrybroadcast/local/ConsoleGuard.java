package dev.sentrybroadcast.local;

import com.sun.net.httpserver.Headers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the console's own page in: other pages in the same browser can reach loopback, too, by
 * forms and scripts of theirs or by a name that resolves to it (DNS rebinding).
 *
 * @see <a
 *     href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">Verifying
 *     the origin</a>
 */
final class ConsoleGuard {

  private final Set<String> hosts;

  ConsoleGuard(int port) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
  }

  /** Why a request may not pass; null when it may. */
  @Nullable String refusal(String method, String path, Headers headers) {
    String host = headers.getFirst("Host");
    if (host == null || !hosts.contains(host)) {
      return "The Host header must name this console.";
    }
    String origin = headers.getFirst("Origin");
    boolean reads = method.equals("GET");
    if (origin == null ? !reads : !origin.equals("http://" + host)) {
      return "The Origin header must be this console's own.";
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    // A link from elsewhere may open the page itself.
    if (site != null
        && path.startsWith("/api/")
        && !site.equals("same-origin")
        && !site.equals("none")) {
      return "Only this console's own page may ask for this.";
    }
    String type = headers.getFirst("Content-Type");
    if (!reads && (type == null || !type.startsWith("application/json"))) {
      return "The Content-Type header must be application/json.";
    }
    return null;
  }
}
