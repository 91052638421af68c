package dev.sentrybroadcast.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/** Whether ports on loopback can be listened on, and what to say where not. */
final class Ports {

  private static final int HIGHEST = 65_535;

  private Ports() {}

  /** A sentence that names two free ports, if one of these is taken; empty if none is. */
  static String complaint(List<Integer> ports) {
    List<Integer> taken = ports.stream().filter(Ports::isTaken).toList();
    if (taken.isEmpty()) {
      return "";
    }
    int free = freePair(ports.getFirst());
    return "Port "
        + taken.stream().map(String::valueOf).collect(Collectors.joining(" and port "))
        + (taken.size() == 1 ? " is taken" : " are taken")
        + ": end what listens there, or use two that are free now: ./mvnw -Plocal"
        + " -Dlocal.arguments=\"--port "
        + free
        + " --console-port "
        + (free + 1)
        + "\".";
  }

  /** The lower of two free ports, one after the other. */
  private static int freePair(int after) {
    int port = after + 1;
    while (isTaken(port) || isTaken(port + 1)) {
      port = port + 2 < HIGHEST ? port + 1 : 1024;
    }
    return port;
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !socket.isBound();
    } catch (IOException | IllegalArgumentException _) {
      return true;
    }
  }
}
