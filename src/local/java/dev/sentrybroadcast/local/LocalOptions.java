package dev.sentrybroadcast.local;

import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.EndpointCheck;
import dev.sentrybroadcast.sentry.InvalidDsnException;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line and in the environment. */
sealed interface LocalOptions {

  int DEFAULT_PORT = 9324;
  int DEFAULT_CONSOLE_PORT = 9325;

  String HELP =
      """
      Runs sentry-broadcast on this machine: no AWS, no Docker, no account.

        ./mvnw -Plocal                                  until Ctrl-C
        ./mvnw -Plocal -Dlocal.arguments=--once         ends after the samples
        ./mvnw -Plocal -Dlocal.arguments="--port 9400"  the queue on another port (default 9324)
        ./mvnw -Plocal -Dlocal.arguments="--console-port 9401"  the console, too (default 9325)

      To see the spans in a real Sentry, set both of these before:

        SENTRY_OTLP_ENDPOINT  https://o….ingest.….sentry.io/api/{project}/integration/otlp/v1/traces
        SENTRY_DSN            https://{public key}@o….ingest.….sentry.io/{project}
      """;

  /**
   * Run it.
   *
   * @param sentry where the spans go; null for the stand-in
   */
  record Run(boolean once, int port, int consolePort, @Nullable RealSentry sentry)
      implements LocalOptions {}

  /** Show {@link #HELP}. */
  record Help() implements LocalOptions {}

  /** What is wrong, and what to do, in one sentence. */
  record Wrong(String sentence) implements LocalOptions {}

  /**
   * A Sentry elsewhere; its DSN is never printed.
   *
   * @param allowedHosts the setting that lets the function send there
   */
  record RealSentry(URI endpoint, String dsn, String allowedHosts, List<String> warnings) {
    @Override
    public String toString() {
      return "RealSentry[" + endpoint.getHost() + "]";
    }
  }

  static LocalOptions parse(List<String> arguments, Map<String, String> environment) {
    boolean once = false;
    int port = DEFAULT_PORT;
    int consolePort = DEFAULT_CONSOLE_PORT;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--once") ? -1 : argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--once" -> once = true;
        case "--help", "-h" -> {
          return new Help();
        }
        case "--port", "--console-port" -> {
          int number =
              port(
                  equals >= 0
                      ? argument.substring(equals + 1)
                      : i + 1 < arguments.size() ? arguments.get(++i) : "");
          if (number < 0) {
            return new Wrong(name + " needs a number from 1 to 65535, as in " + name + " 9400.");
          }
          if (name.equals("--port")) {
            port = number;
          } else {
            consolePort = number;
          }
        }
        default -> {
          return new Wrong(
              "The option "
                  + Ink.line(argument, 40)
                  + " is unknown: there are --once, --port, --console-port and --help.");
        }
      }
    }
    return withSentry(new Run(once, port, consolePort, null), environment);
  }

  private static LocalOptions withSentry(Run run, Map<String, String> environment) {
    String endpoint = environment.getOrDefault("SENTRY_OTLP_ENDPOINT", "").strip();
    String dsn = environment.getOrDefault("SENTRY_DSN", "").strip();
    if (endpoint.isEmpty() && dsn.isEmpty()) {
      return run;
    }
    if (endpoint.isEmpty() || dsn.isEmpty()) {
      return new Wrong(
          (endpoint.isEmpty() ? "SENTRY_DSN" : "SENTRY_OTLP_ENDPOINT")
              + " is set without "
              + (endpoint.isEmpty() ? "SENTRY_OTLP_ENDPOINT" : "SENTRY_DSN")
              + ": set both to send to a real Sentry, or neither to use the stand-in.");
    }
    String hosts = allowedHosts(endpoint);
    if (hosts.isEmpty()
        || !(OtlpEndpoint.check(endpoint, AllowedHosts.parse(hosts), null)
            instanceof EndpointCheck.Accepted accepted)) {
      return new Wrong(
          "SENTRY_OTLP_ENDPOINT is no OTLP traces endpoint: copy it from Sentry under Project"
              + " Settings, Client Keys, OpenTelemetry; it ends in /integration/otlp/v1/traces.");
    }
    try {
      List<String> warnings = OtlpEndpoint.warnings(accepted.endpoint(), Dsn.parse(dsn));
      return new Run(
          run.once(),
          run.port(),
          run.consolePort(),
          new RealSentry(accepted.endpoint(), dsn, hosts, List.copyOf(warnings)));
    } catch (InvalidDsnException e) {
      return new Wrong(
          "SENTRY_DSN is no DSN ("
              + e.getMessage()
              + "): copy it from Sentry under Project Settings, Client Keys.");
    }
  }

  /** The setting that allows the endpoint's own host and port. */
  private static String allowedHosts(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() == null) {
        return "";
      }
      int port = uri.getPort() < 0 ? 80 : uri.getPort();
      return uri.getPort() >= 0 || "http".equalsIgnoreCase(uri.getScheme())
          ? "http://" + uri.getHost() + ":" + port
          : uri.getHost();
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 1 && port <= 65_535 ? port : -1;
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
