package dev.sentrybroadcast.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.Main;

/** Starts the bench that the first argument names; what names none is JMH's. */
public final class Benchmarks {

  private static final Set<String> HELP = Set.of("help", "--help");

  private Benchmarks() {}

  /** As {@code ./mvnw -Pbench -Dbench.arguments="cold --starts 15"} calls it. */
  public static void main(String... args) throws Exception {
    // Else the sink's answers wait for acknowledgements.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    String name = args.length == 0 ? "jmh" : args[0];
    if (HELP.contains(name)) {
      System.out.println(
          "cold | first | growth | memory | redaction | endurance | jmh [JMH's arguments]");
      return;
    }
    List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    boolean passed =
        switch (name) {
          case "cold" -> ColdStart.run(Options.of(rest, "starts"));
          case "first" ->
              FirstInvocation.run(Options.of(rest, "processes", "warm", "records", "distance"));
          case "growth" -> Growth.run(Options.of(rest, "warm", "rounds", "panel"));
          case "memory" -> Memory.run(Options.of(rest, "part", "megabytes"));
          case "redaction" -> RedactionBench.run(Options.of(rest, "rounds", "mixes", "seed"));
          case "endurance" -> Endurance.run(Options.of(rest, "invocations", "margin"));
          case "jmh" -> jmh(rest);
          default -> jmh(Arrays.asList(args));
        };
    // Servers' threads may still wait for a connection.
    System.exit(passed ? 0 : 1);
  }

  private static boolean jmh(List<String> arguments) throws Exception {
    Main.main(arguments.toArray(String[]::new));
    return true;
  }
}
