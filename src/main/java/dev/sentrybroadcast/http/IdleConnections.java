package dev.sentrybroadcast.http;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections that wait for another request. Safe to use from several threads. */
public final class IdleConnections implements AutoCloseable {

  /**
   * By the wall clock: a connection may have died unseen while the environment was frozen, or be a
   * snapshot's.
   */
  private static final long MAX_IDLE_MILLIS = 25_000;

  private static final int MAX_CONNECTIONS = 32;

  private final InstantSource clock;
  private final List<HttpConnection> connections = new ArrayList<>();
  private boolean closed;

  public IdleConnections(InstantSource clock) {
    this.clock = clock;
  }

  /** The connection to the origin that was used last; null if there is none. */
  public synchronized @Nullable HttpConnection take(Origin origin) {
    dropOld(clock.millis());
    for (int i = connections.size() - 1; i >= 0; i--) {
      HttpConnection connection = connections.get(i);
      if (connection.origin().equals(origin)) {
        connections.remove(i);
        if (!connection.hasUnread()) {
          return connection;
        }
        connection.close();
      }
    }
    return null;
  }

  public synchronized void keep(HttpConnection connection) {
    if (closed) {
      connection.close();
      return;
    }
    if (connections.size() == MAX_CONNECTIONS) {
      connections.removeFirst().close();
    }
    connection.keptAt(clock.millis());
    connections.add(connection);
  }

  private void dropOld(long now) {
    for (int i = connections.size() - 1; i >= 0; i--) {
      long idle = now - connections.get(i).keptMillis();
      if (idle > MAX_IDLE_MILLIS || idle < 0) {
        connections.remove(i).close();
      }
    }
  }

  /** Closes those that are idle, and from now on those that become so. */
  @Override
  public synchronized void close() {
    closed = true;
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).close();
    }
    connections.clear();
  }
}
