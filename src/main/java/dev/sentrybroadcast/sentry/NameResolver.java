package dev.sentrybroadcast.sentry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. {@link SentryHttpClient} connects to these and no others. */
@FunctionalInterface
public interface NameResolver {

  /** The JVM's own look-up. */
  NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Returns the addresses of the host, in order of preference.
   *
   * @throws RefusedAddressException when the host has an address that must not be connected to
   * @throws UnknownHostException when the host has no address
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;

  /**
   * This look-up, which refuses a host with an address that the policy does not permit. Whoever
   * connects to exactly these addresses is safe from DNS rebinding, where a second look-up leads
   * elsewhere than the one that was checked.
   */
  default NameResolver within(AddressPolicy policy) {
    return host -> {
      List<InetAddress> addresses = addresses(host);
      if (addresses.isEmpty()) {
        throw new UnknownHostException();
      }
      if (!addresses.stream().allMatch(policy::permits)) {
        throw new RefusedAddressException();
      }
      return addresses;
    };
  }

  /** The host has an address that must not be connected to. */
  final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }
}
