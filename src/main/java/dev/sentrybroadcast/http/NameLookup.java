package dev.sentrybroadcast.http;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Resolves a name on a thread of its own: the JDK's look-up knows no time limit. */
public final class NameLookup implements Runnable {

  private final NameResolver resolver;
  private final String host;
  private InetAddress[] addresses = {};
  private @Nullable RuntimeException bug;

  private NameLookup(NameResolver resolver, String host) {
    this.resolver = resolver;
    this.host = host;
  }

  /** The addresses of the host, at least one. */
  public static InetAddress[] of(NameResolver resolver, String host, TimeLimit limit)
      throws UnknownHostException, SocketTimeoutException, InterruptedException {
    NameLookup lookup = new NameLookup(resolver, host);
    Thread thread = new Thread(lookup, "dns");
    thread.setDaemon(true);
    thread.start();
    thread.join(limit.socketTimeout());
    if (thread.isAlive()) {
      throw new SocketTimeoutException("time limit");
    }
    if (lookup.bug != null) {
      throw lookup.bug;
    }
    if (lookup.addresses.length == 0) {
      throw new UnknownHostException();
    }
    return lookup.addresses;
  }

  @Override
  public void run() {
    try {
      addresses = resolver.addresses(host);
    } catch (UnknownHostException _) {
      // As when there is none.
    } catch (RuntimeException e) {
      bug = e;
    }
  }
}
