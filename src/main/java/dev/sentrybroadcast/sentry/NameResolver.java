package dev.sentrybroadcast.sentry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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

  /** This look-up for one host, done once: later calls get the same addresses. */
  default NameResolver once() {
    AtomicReference<@Nullable List<InetAddress>> found = new AtomicReference<>();
    return host -> {
      List<InetAddress> known = found.get();
      if (known == null) {
        known = addresses(host);
        found.set(known);
      }
      return known;
    };
  }

  /** The host has an address that must not be connected to. */
  final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }
}
