package dev.sentrybroadcast.sentry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves a host name and checks every address of it. Whoever connects to exactly these addresses
 * is safe from DNS rebinding, where a second look-up leads elsewhere than the one that was checked.
 */
public record CheckedResolver(NameResolver names, AddressPolicy policy) implements NameResolver {

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    List<InetAddress> addresses = names.addresses(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException();
    }
    if (!addresses.stream().allMatch(policy::permits)) {
      throw new RefusedAddressException();
    }
    return addresses;
  }
}
