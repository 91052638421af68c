package dev.sentrybroadcast.http;

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

  private TimeLimit limit;

  DeadlineSocket(TimeLimit limit) {
    // A proxy from the environment would resolve the name again, unchecked.
    super(Proxy.NO_PROXY);
    this.limit = limit;
  }

  void setLimit(TimeLimit newLimit) {
    limit = newLimit;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new LimitedStream(super.getInputStream());
  }

  /** Asks for the time left at each read. */
  private final class LimitedStream extends FilterInputStream {

    LimitedStream(InputStream in) {
      super(in);
    }

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
  }
}
