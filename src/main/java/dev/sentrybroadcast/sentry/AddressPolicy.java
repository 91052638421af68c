package dev.sentrybroadcast.sentry;

import java.net.InetAddress;

/** Which IP addresses may be connected to. */
public enum AddressPolicy {

  /**
   * Addresses on the public internet, by the IANA special-purpose registries for <a
   * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a> and <a
   * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>.
   */
  PUBLIC,

  /** Private, loopback and link-local addresses as well: the operator listed this host for it. */
  ANY;

  /** Whether this address may be connected to. */
  public boolean permits(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return this == ANY || (bytes.length == 4 ? isPublicV4(bytes, 0) : isPublicV6(bytes));
  }

  private static boolean isPublicV4(byte[] bytes, int at) {
    int a = bytes[at] & 0xff;
    int b = bytes[at + 1] & 0xff;
    int c = bytes[at + 2] & 0xff;
    return switch (a) {
      case 0, 10, 127 -> false;
      case 100 -> b < 64 || b > 127; // carrier-grade NAT; also used inside Lambda and EKS
      case 169 -> b != 254; // link-local: instance and container metadata, the Lambda runtime
      case 172 -> b < 16 || b > 31;
      case 192 -> !(b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99));
      case 198 -> !(b == 18 || b == 19 || (b == 51 && c == 100));
      case 203 -> !(b == 0 && c == 113);
      default -> a < 224; // multicast, reserved, broadcast
    };
  }

  private static boolean isPublicV6(byte[] bytes) {
    int first = group(bytes, 0);
    int second = group(bytes, 1);
    boolean zerosBeforeV4 =
        group(bytes, 2) + group(bytes, 3) + group(bytes, 4) + group(bytes, 5) == 0;
    if (first == 0x64 && second == 0xff9b && zerosBeforeV4) {
      return isPublicV4(bytes, 12); // NAT64: DNS64 puts the IPv4 address into the last 32 bits
    }
    if (first < 0x2000 || first > 0x3fff) {
      // Not global unicast: unspecified, loopback, v4-mapped, unique local, link-local, multicast.
      return false;
    }
    boolean protocolAssignments = first == 0x2001 && second < 0x200; // Teredo, ORCHID, benchmarks
    boolean documentation =
        (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
    boolean sixToFour = first == 0x2002;
    return !protocolAssignments && !documentation && !sixToFour;
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
  }
}
