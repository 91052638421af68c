package dev.sentrybroadcast.sentry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS sockets whose handshake ends soon when the other end is silent, so that the next
 * address of the host gets its turn. OkHttp sets its own time limit once the handshake is over.
 */
final class TlsSockets extends SSLSocketFactory {

  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final SSLSocketFactory sockets;
  private final X509TrustManager trust;

  private TlsSockets(SSLSocketFactory sockets, X509TrustManager trust) {
    this.sockets = sockets;
    this.trust = trust;
  }

  /** Sockets that trust the authorities in the store; null for those of the JVM. */
  static TlsSockets trusting(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      X509TrustManager trust =
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow();
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return new TlsSockets(context.getSocketFactory(), trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no TLS", e);
    }
  }

  X509TrustManager trust() {
    return trust;
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    plain.setSoTimeout((int) SILENCE.toMillis());
    return sockets.createSocket(plain, host, port, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("only over a connected socket");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("only over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress address, int port) {
    throw new UnsupportedOperationException("only over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("only over a connected socket");
  }
}
