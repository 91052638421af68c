package dev.sentrybroadcast.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Makes sockets that offer TLS 1.2 alone unless they are told otherwise. */
public final class OldTls extends SSLSocketFactory {

  private final SSLSocketFactory factory;

  public OldTls(SSLSocketFactory factory) {
    this.factory = factory;
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, autoClose);
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}
