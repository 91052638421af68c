package dev.sentrybroadcast.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The port to DNS. */
@FunctionalInterface
public interface NameResolver {

  /** Every address of the host. */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
