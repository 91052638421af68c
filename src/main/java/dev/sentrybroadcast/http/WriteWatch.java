package dev.sentrybroadcast.http;

import java.io.IOException;
import java.net.Socket;

/**
 * Ends a write that the far end does not take: the JDK has no timeout for one. Closes the socket
 * under TLS, since closing TLS itself would wait for the writer. Its thread lives as long as the
 * write.
 */
final class WriteWatch implements Runnable {

  private final Socket socket;
  private final TimeLimit limit;
  private boolean ended;
  private boolean closed;

  private WriteWatch(Socket socket, TimeLimit limit) {
    this.socket = socket;
    this.limit = limit;
  }

  static WriteWatch start(Socket socket, TimeLimit limit) {
    WriteWatch watch = new WriteWatch(socket, limit);
    Thread thread = new Thread(watch, "write-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  @Override
  public synchronized void run() {
    try {
      while (!ended) {
        long left = limit.leftMillis();
        if (left == 0) {
          closed = true;
          socket.close();
          return;
        }
        wait(left);
      }
    } catch (IOException | InterruptedException _) {
      // Closed as far as it can be; and nobody knows this thread to interrupt it.
    }
  }

  /** Returns whether the time limit came first. */
  synchronized boolean end() {
    ended = true;
    notifyAll();
    return closed;
  }
}
