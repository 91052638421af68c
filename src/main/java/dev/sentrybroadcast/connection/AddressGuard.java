package dev.sentrybroadcast.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
      addresses = resolve(endpoint.host(), limit);
    } catch (UnknownHostException _) {
      return new Verdict.Closed("DNS: no address for " + endpoint.host() + ".", HOST_ACTION);
    } catch (TimeoutException _) {
      return new Verdict.Closed(
          "DNS: no answer for " + endpoint.host() + " within the time limit.", HOST_ACTION);
    }
    for (InetAddress address : addresses) {
      if (!mayConnect(address, endpoint.privateAddress())) {
        return new Verdict.Closed(
            "DNS: " + endpoint.host() + " is at an address that is not on the public internet.",
            "If that is meant, the operator lists http://host:port in ALLOWED_ENDPOINT_HOSTS.");
      }
    }
    return new Verdict.Open(
        new Target(endpoint.tls(), endpoint.host(), endpoint.port(), List.of(addresses)));
  }

  private static boolean mayConnect(InetAddress address, boolean privateAddress) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    return privateAddress || PublicAddress.is(address);
  }

  /** On a thread of its own: the JDK's look-up knows no time limit. */
  private InetAddress[] resolve(String host, TimeLimit limit)
      throws UnknownHostException, TimeoutException {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.addresses(host));
    Thread.ofPlatform().daemon().name("dns").start(lookup);
    try {
      InetAddress[] addresses = lookup.get(limit.leftMillis(), TimeUnit.MILLISECONDS);
      if (addresses.length == 0) {
        throw new UnknownHostException();
      }
      return addresses;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new UnknownHostException();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new TimeoutException();
    }
  }
}
