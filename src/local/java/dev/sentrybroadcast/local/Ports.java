package dev.sentrybroadcast.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether a port on loopback can be listened on, and what to say where not. */
final class Ports {

  private Ports() {}

  static String taken(int port, String option) {
    return "Port "
        + port
        + " is taken: end what listens there, or choose another port, as in ./mvnw -Plocal"
        + " -Dlocal.arguments=\""
        + option
        + " "
        + (port % 60_000 + 1)
        + "\".";
  }

  static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !socket.isBound();
    } catch (IOException _) {
      return true;
    }
  }
}
