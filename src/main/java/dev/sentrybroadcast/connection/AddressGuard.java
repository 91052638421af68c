package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.http.NameLookup;
import dev.sentrybroadcast.http.NameResolver;
import dev.sentrybroadcast.http.Origin;
import dev.sentrybroadcast.http.TimeLimit;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The second half of the guard: resolves a name once, and lets through addresses on the public
 * internet, or all of them for a host that the operator listed for it.
 */
final class AddressGuard {

  private static final String HOST_ACTION =
      "Check the host of the endpoint. In a VPC, check that its subnets have DNS and a way out.";

  private final NameResolver resolver;

  AddressGuard(NameResolver resolver) {
    this.resolver = resolver;
  }

  /** What the guard lets a test connect to. */
  sealed interface Verdict {

    record Open(Target target) implements Verdict {}

    record Closed(String seen, String action) implements Verdict {}
  }

  Verdict check(Endpoint endpoint, TimeLimit limit) {
    InetAddress[] addresses;
    try {
      addresses = NameLookup.of(resolver, endpoint.host(), limit);
    } catch (UnknownHostException _) {
      return new Verdict.Closed("DNS: no address for " + endpoint.host() + ".", HOST_ACTION);
    } catch (SocketTimeoutException _) {
      return unresolved(endpoint);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return unresolved(endpoint);
    }
    for (InetAddress address : addresses) {
      if (!mayConnect(address, endpoint.privateAddress())) {
        return new Verdict.Closed(
            "DNS: " + endpoint.host() + " is at an address that is not on the public internet.",
            "If that is meant, the operator lists http://host:port in ALLOWED_ENDPOINT_HOSTS.");
      }
    }
    return new Verdict.Open(
        new Target(
            new Origin(endpoint.tls(), endpoint.host(), endpoint.port()), List.of(addresses)));
  }

  private static Verdict unresolved(Endpoint endpoint) {
    return new Verdict.Closed(
        "DNS: no answer for " + endpoint.host() + " within the time limit.", HOST_ACTION);
  }

  private static boolean mayConnect(InetAddress address, boolean privateAddress) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    return privateAddress || PublicAddress.is(address);
  }
}
