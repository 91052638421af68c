package dev.sentrybroadcast.connection;

import java.net.InetAddress;

/**
 * Tells addresses on the public internet from all others, by the IANA special-purpose registries
 * (https://www.iana.org/assignments/iana-ipv4-special-registry,
 * https://www.iana.org/assignments/iana-ipv6-special-registry).
 */
final class PublicAddress {

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublicV4(bytes, 0) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes, int at) {
    int a = bytes[at] & 0xff;
    int b = bytes[at + 1] & 0xff;
    int c = bytes[at + 2] & 0xff;
    return switch (a) {
      case 0, 10, 127 -> false;
      case 100 -> b < 64 || b > 127; // carrier-grade NAT; also Lambda's and EKS's inner networks
      case 169 -> b != 254; // link-local: instance and container metadata, Lambda's runtime
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
    if (first == 0x64 && second == 0xff9b && isZero(bytes, 4, 12)) {
      // NAT64, as DNS64 gives it inside IPv6-only subnets: the address behind it decides.
      return isPublicV4(bytes, 12);
    }
    if (first < 0x2000 || first > 0x3fff) {
      // Everything outside 2000::/3: unspecified, loopback, v4-mapped and -compatible, ULA,
      // link-local, site-local, multicast.
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

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
