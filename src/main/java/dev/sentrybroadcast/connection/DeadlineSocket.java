package dev.sentrybroadcast.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * A socket whose reads end with the time limit, however slowly the peer drips: a read timeout alone
 * starts anew with each byte, in a TLS handshake too.
 */
final class DeadlineSocket extends Socket {

  private final TimeLimit limit;

  DeadlineSocket(TimeLimit limit) {
    // A proxy from the environment would resolve the name again, unchecked.
    super(Proxy.NO_PROXY);
    this.limit = limit;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        setSoTimeout(limit.socketTimeout());
        return super.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        setSoTimeout(limit.socketTimeout());
        return super.read(bytes, offset, length);
      }
    };
  }
}
