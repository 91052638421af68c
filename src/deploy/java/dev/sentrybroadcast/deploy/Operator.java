package dev.sentrybroadcast.deploy;

import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.SentryStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Somebody with a release, a shell, a cloud and a Sentry, all of them on this machine. */
final class Operator implements AutoCloseable {

  static final String KEY = "a".repeat(32);
  static final String PROJECT = "456";
  static final Path RELEASE = Path.of("target", "release").toAbsolutePath();

  private static final Path WORK = Path.of("target", "deploy").toAbsolutePath();
  private static final Duration SHORT = Duration.ofSeconds(150);
  static final Duration LONG = Duration.ofMinutes(5);

  final SentryStandIn sentry = SentryStandIn.start();
  private final LocalStackProcess localStack;
  private final Shell shell;

  private Operator(LocalStackProcess localStack) throws IOException {
    this.localStack = localStack;
    shell =
        new Shell(
            RELEASE,
            localStack.programs(),
            Map.of(
                "AWS_ENDPOINT_URL", localStack.endpoint(),
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));
  }

  /** Skips the test where there is no Python 3.13. */
  static Operator start() throws IOException, InterruptedException {
    Path python = WORK.resolve("python");
    Path data = Files.createDirectories(WORK.resolve("data"));
    LocalStackProcess.install(python, LONG);
    return new Operator(LocalStackProcess.start(python, data, LONG));
  }

  /** Of LocalStack. */
  String endpoint() {
    return localStack.endpoint();
  }

  /** What the commands print; they may take minutes. */
  String run(String commands) throws IOException, InterruptedException {
    return shell.run(commands, LONG);
  }

  /** The command that deploys, with the Sentry on loopback among the hosts. */
  String withParameters(String commands, String more) {
    String hosts = " AllowedEndpointHosts=" + sentry.origin() + " " + more;
    return commands.contains("--parameter-overrides")
        ? commands.strip() + hosts
        : commands.strip() + " --parameter-overrides" + hosts;
  }

  /** What was looked at is visible again after 15 s, not after five minutes. */
  static String soon(String commands) {
    return commands.replace("--visibility-timeout 300", "--visibility-timeout 15");
  }

  void writeDestination(String key) throws IOException {
    Files.writeString(
        RELEASE.resolve("destination.json"), sentry.destinationJson(key, PROJECT, false));
  }

  /**
   * Sends a record.
   *
   * @param session of the record, which its spans are known by
   * @param queue the shell's variable with the queue's URL
   */
  void send(String session, String queue) throws IOException, InterruptedException {
    run(
        "aws sqs send-message --queue-url \"$%s\" --message-body '%s'"
            .formatted(queue, record(session)));
  }

  static String record(String session) {
    return """
    {"id": "%s", "session_id": "%s", "model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}], \
    "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi!"}}]}\
    """
        .formatted(session, session);
  }

  /** Waits until one of the session's spans is as said. */
  void awaitSession(String session, Predicate<ReceivedSpan> span) {
    sentry.awaitSpans(
        "spans of " + session,
        SHORT,
        spans -> spans.stream().anyMatch(s -> isOf(session, s) && span.test(s)));
  }

  List<ReceivedSpan> spansOf(String session) {
    return sentry.spans().stream().filter(span -> isOf(session, span)).toList();
  }

  private static boolean isOf(String session, ReceivedSpan span) {
    return session.equals(span.text("session.id"));
  }

  void awaitOutput(String commands, String part) throws InterruptedException {
    Waiting.until(part, SHORT, () -> run(commands).contains(part));
  }

  @Override
  public void close() throws IOException {
    shell.close();
    localStack.close();
    sentry.close();
  }
}
