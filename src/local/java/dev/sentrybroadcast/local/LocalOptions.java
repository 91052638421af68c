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

      A real Sentry gets what you send to the queue, in privacy mode. With

        --samples       it gets the samples of events/, too
        --with-content  prompts and answers are sent
      """;

  /**
   * Run it.
   *
   * @param samples whether the samples were asked for
   * @param sentry where the spans go; null for the stand-in
   */
  record Run(
      boolean once, int port, int consolePort, boolean samples, @Nullable RealSentry sentry)
      implements LocalOptions {

    /** To the stand-in always; to a real Sentry only when they were asked for. */
    boolean sendsSamples() {
      return samples || sentry == null;
    }
  }

  /** Show {@link #HELP}. */
  record Help() implements LocalOptions {}

  /** What is wrong, and what to do, in one sentence. */
  record Wrong(String sentence) implements LocalOptions {}

  /**
   * A Sentry elsewhere; its DSN is never printed.
   *
   * @param project the DSN's
   * @param allowedHosts the setting that lets the function send there
   * @param withContent whether privacy mode is off for the default destination
   */
  record RealSentry(
      URI endpoint,
      String dsn,
      String project,
      String allowedHosts,
      boolean withContent,
      List<String> warnings) {

    /** Where the spans go and how, in one sentence. */
    String where() {
      return "The spans go to "
          + endpoint.getHost()
          + ", project "
          + project
          + (withContent
              ? ", with content: prompts and answers leave this machine."
              : ", in privacy mode: prompts and answers stay here unless --with-content is given.");
    }

    @Override
    public String toString() {
      return "RealSentry[" + endpoint.getHost() + "]";
    }
  }

  static LocalOptions parse(List<String> arguments, Map<String, String> environment) {
    boolean once = false;
    boolean samples = false;
    boolean withContent = false;
    int port = DEFAULT_PORT;
    int consolePort = DEFAULT_CONSOLE_PORT;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--once") ? -1 : argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--once" -> once = true;
        case "--samples" -> samples = true;
        case "--with-content" -> withContent = true;
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
                  + " is unknown: there are --once, --port, --console-port, --samples, --with-content and"
                  + " --help.");
        }
      }
    }
    if (port == consolePort) {
      return new Wrong("--port and --console-port need two different ports.");
    }
    return withSentry(new Run(once, port, consolePort, samples, null), withContent, environment);
  }

  private static LocalOptions withSentry(
      Run run, boolean withContent, Map<String, String> environment) {
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
    if (run.once() && !run.samples()) {
      return new Wrong(
          "--once ends after the samples, and a real Sentry gets them only with --samples: give"
              + " both, or neither.");
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
      Dsn parsed = Dsn.parse(dsn);
      List<String> warnings = OtlpEndpoint.warnings(accepted.endpoint(), parsed);
      return new Run(
          run.once(),
          run.port(),
          run.consolePort(),
          run.samples(),
          new RealSentry(
              accepted.endpoint(),
              dsn,
              parsed.projectId(),
              hosts,
              withContent,
              List.copyOf(warnings)));
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
