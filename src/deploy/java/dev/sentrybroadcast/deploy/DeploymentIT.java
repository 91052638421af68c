package dev.sentrybroadcast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.SentryStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An operator's life with the stack, by the commands of docs/deploy.md and docs/runbook.md as they
 * stand there. What {@code target/release} holds is deployed to LocalStack; its functions run in
 * AWS's Java runtime client and send to a Sentry on loopback. Skipped where there is no Python
 * 3.13.
 */
@Tag("deploy")
final class DeploymentIT {

  private static final String KEY = "a".repeat(32);
  private static final String NEW_KEY = "b".repeat(32);
  private static final String PROJECT = "456";
  private static final Path WORK = Path.of("target", "deploy").toAbsolutePath();
  private static final Path RELEASE = Path.of("target", "release").toAbsolutePath();
  private static final String DEAD_LETTERS =
      "aws sqs get-queue-attributes --queue-url \"$DLQ_URL\" --attribute-names"
          + " ApproximateNumberOfMessages --query Attributes.ApproximateNumberOfMessages";
  private static final Duration SHORT = Duration.ofSeconds(150);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final SentryStandIn sentry = SentryStandIn.start();
  private final Commands deploy = Commands.of("docs/deploy.md");
  private final Commands runbook = Commands.of("docs/runbook.md");
  private LocalStackProcess localStack;
  private Shell shell;

  DeploymentIT() throws IOException {}

  @BeforeEach
  void start() throws Exception {
    Path python = WORK.resolve("python");
    Path data = Files.createDirectories(WORK.resolve("data"));
    step("Python environment", () -> LocalStackProcess.install(python, Duration.ofMinutes(5)));
    long start = System.nanoTime();
    LocalStackProcess started = LocalStackProcess.start(python, data, LONG);
    report("LocalStack", start);
    localStack = started;
    shell =
        new Shell(
            RELEASE,
            started.programs(),
            Map.of(
                "AWS_ENDPOINT_URL", started.endpoint(),
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test"));
  }

  @AfterEach
  void stop() throws IOException {
    if (shell != null) {
      shell.close();
    }
    if (localStack != null) {
      localStack.close();
    }
    sentry.close();
  }

  @Test
  @Timeout(1_500)
  void pages_commandsOfThem_deployDeliverRecoverAndRemove() throws Exception {
    step("create the stack", this::create);
    step("save a destination through the signed URL", this::saveDestination);
    step("a record becomes a trace", this::seeTrace);
    step("the HTTP intake", this::sendOverHttp);
    step("the alarms' commands", this::lookAtAlarms);
    step("dead letters: look, remove, redrive", this::recoverDeadLetters);
    step("rotate, and go back and forth between versions", this::rotate);
    step("a second destination", this::addDestination);
    step("stop and go on", this::stopAndGoOn);
    step("privacy on everywhere, by the previous template", this::forcePrivacy);
    step("roll back", this::rollBack);
    step("remove the stack", this::remove);
    step("create it again with what was kept", this::createAgain);
    step("remove what was kept", this::removeAll);

    assertThat(deploy.left()).isEmpty();
    assertThat(runbook.left()).isEmpty();
  }

  private void create() throws Exception {
    shell.run(withParameters(deploy.take("Deploy", 0), "HttpIntake=true"), LONG);
  }

  private void saveDestination() throws Exception {
    destinationFile(KEY);
    String answer = shell.run(deploy.take("Tell it where to send", 0), SHORT);
    assertThat(answer).contains("\"saved\": true");
  }

  private void seeTrace() throws Exception {
    shell.run(deploy.take("See a trace", 0), SHORT);
    awaitSession("first-session", span -> span.text("gen_ai.input.messages") != null);
    awaitOutput(deploy.take("See a trace", 1), "\"Exported\":1");
  }

  private void sendOverHttp() throws Exception {
    String answer =
        shell.run(
            """
            KEY=$(aws apigateway get-api-key --api-key "$(output IntakeKeyId)" --include-value --query value --output text)
            curl --silent --show-error --header "x-api-key: $KEY" --header 'content-type: application/json' \
              --data '%s' "$(output IntakeUrl | sed s/https:/http:/)"
            """
                .formatted(record("over-http")),
            SHORT);
    assertThat(answer).isEqualTo("{}");
    awaitSession("over-http", _ -> true);
  }

  private void lookAtAlarms() throws Exception {
    shell.run(runbook.take("Before anything else", 0), SHORT);
    shell.run(runbook.take("Before anything else", 1), SHORT);
    assertThat(shell.run(runbook.take("OldestMessageAlarm", 0), SHORT)).contains("Enabled");
    shell.run(runbook.take("ConnectionErrorsAlarm", 0), SHORT);
    shell.run(runbook.take("IntakeErrorsAlarm", 0), SHORT);
    shell.run(runbook.take("ThrottlesAlarm", 0), SHORT);
    shell.run(runbook.take("LastGoodServedAlarm", 0), SHORT);
    assertThat(
            shell.run("aws cloudwatch describe-alarms --query 'MetricAlarms[].OKActions'", SHORT))
        .isNotEmpty();
  }

  /** Two receives, one second apart, in place of 60 with 7 minutes between them. */
  private void recoverDeadLetters() throws Exception {
    shell.run(
        """
        aws sqs set-queue-attributes --queue-url "$QUEUE_URL" --attributes \
          "$(jq -nc --arg arn "$DLQ_ARN" '{VisibilityTimeout: "1", RedrivePolicy: ({deadLetterTargetArn: $arn, maxReceiveCount: "2"} | tojson)}')"
        """,
        SHORT);
    sentry.stop();
    send("undelivered", "QUEUE_URL");
    shell.run("aws sqs send-message --queue-url \"$QUEUE_URL\" --message-body '{not json'", SHORT);
    awaitOutput(DEAD_LETTERS, "\"2\"");
    sentry.restart();

    shell.run(soon(runbook.take("Look into the dead-letter queue", 0)), SHORT);
    assertThat(Files.readAllLines(RELEASE.resolve("dead.tsv"))).hasSize(2);
    // What the query of Logs Insights gives.
    shell.run(
        """
        aws logs filter-log-events --log-group-name "$LOG_GROUP" --filter-pattern '"message returned"' --query 'events[].message' --output json |
          jq -r '.[] | fromjson | [.messageId, .reason, .detail] | @tsv' | sort -u -k 1,1 > reasons.tsv
        """,
        SHORT);
    assertThat(shell.run(runbook.take("Malformed or undelivered?", 1), SHORT))
        .contains("1 MALFORMED", "1 UNAVAILABLE");
    awaitOutput(DEAD_LETTERS, "\"2\"");
    assertThat(shell.run(soon(runbook.take("Remove what cannot be delivered", 0)), SHORT))
        .containsOnlyOnce("deleted");
    awaitOutput(DEAD_LETTERS, "\"1\"");
    shell.run(runbook.take("Redrive", 0), SHORT);
    awaitSession("undelivered", _ -> true);
  }

  private void rotate() throws Exception {
    sentry.allow(NEW_KEY, PROJECT);
    sentry.refuse(KEY);
    Files.writeString(RELEASE.resolve("new-dsn.txt"), sentry.dsn(NEW_KEY, PROJECT));
    shell.run(runbook.take("Rotate a DSN", 0), SHORT);
    send("rotated", "QUEUE_URL");
    awaitSession("rotated", span -> span.publicKey().equals(NEW_KEY));

    String back = runbook.take("LastGoodServedAlarm", 1);
    String dsn =
        "aws secretsmanager get-secret-value --secret-id \"$STACK/destinations/default\""
            + " --version-stage AWSCURRENT --query SecretString --output text | jq -r .dsn";
    shell.run(back, SHORT);
    assertThat(shell.run(dsn, SHORT)).isEqualTo(sentry.dsn(KEY, PROJECT));
    shell.run(back, SHORT);
    assertThat(shell.run(dsn, SHORT)).isEqualTo(sentry.dsn(NEW_KEY, PROJECT));
  }

  private void addDestination() throws Exception {
    destinationFile(NEW_KEY);
    shell.run(runbook.take("Add a destination", 0), SHORT);
    shell.run(
        "aws sqs send-message --queue-url \"$QUEUE_URL\" --message-body '%s'"
            .formatted(record("in-eu").replaceFirst("\\{", "{\"destination\": \"eu\", ")),
        SHORT);
    awaitSession("in-eu", _ -> true);
  }

  private void stopAndGoOn() throws Exception {
    String stop = runbook.take("Stop everything", 0);
    shell.run(stop, SHORT);
    String state =
        "aws lambda get-event-source-mapping --uuid \"$UUID\" --query State --output text";
    awaitOutput(state, "Disabled");
    shell.run(stop.replace("--no-enabled", "--enabled"), SHORT);
    awaitOutput(state, "Enabled");
    send("went-on", "QUEUE_URL");
    awaitSession("went-on", _ -> true);
  }

  private void forcePrivacy() throws Exception {
    shell.run(runbook.take("Change a parameter", 0), SHORT);
    assertThat(shell.run(runbook.take("Turn privacy on everywhere", 0), LONG)).endsWith("\"true\"");
    send("private", "QUEUE_URL");
    awaitSession("private", span -> span.text("gen_ai.request.model") != null);
    assertThat(spansOf("private"))
        .allSatisfy(span -> assertThat(span.text("gen_ai.input.messages")).isNull());
  }

  private void rollBack() throws Exception {
    assertThat(shell.run(runbook.take("Roll back", 0), SHORT))
        .contains("\"FORCE_PRIVACY_MODE\": \"false\"", "\"FunctionVersion\": \"1\"");
    send("rolled-back", "QUEUE_URL");
    awaitSession("rolled-back", span -> span.text("gen_ai.input.messages") != null);
  }

  private void remove() throws Exception {
    send("kept", "DLQ_URL");
    shell.run(deploy.take("Remove", 0), LONG);
    assertThat(shell.run("aws lambda list-functions --query 'length(Functions)'", SHORT))
        .isEqualTo("0");
    assertThat(shell.run(DEAD_LETTERS, SHORT)).isEqualTo("\"1\"");
    assertThat(shell.run("aws secretsmanager list-secrets --query 'length(SecretList)'", SHORT))
        .isEqualTo("2");
  }

  private void createAgain() throws Exception {
    shell.run(withParameters(deploy.take("Remove", 1), ""), LONG);
    shell.run(runbook.take("Remove, and keep the data", 0), SHORT);
    awaitSession("kept", _ -> true);
  }

  private void removeAll() throws Exception {
    shell.run("aws cloudformation delete-stack --stack-name \"$STACK\"", SHORT);
    shell.run(deploy.take("Remove", 2), SHORT);
    assertThat(shell.run("aws secretsmanager list-secrets --query 'length(SecretList)'", SHORT))
        .isEqualTo("0");
  }

  /** The command that deploys, with the Sentry on loopback among the hosts. */
  private String withParameters(String commands, String more) {
    String hosts = " AllowedEndpointHosts=" + sentry.origin() + " " + more;
    return commands.contains("--parameter-overrides")
        ? commands.strip() + hosts
        : commands.strip() + " --parameter-overrides" + hosts;
  }

  /** What was looked at is visible again after 15 s, not after five minutes. */
  private static String soon(String commands) {
    return commands.replace("--visibility-timeout 300", "--visibility-timeout 15");
  }

  private void destinationFile(String key) throws IOException {
    Files.writeString(
        RELEASE.resolve("destination.json"), sentry.destinationJson(key, PROJECT, false));
  }

  private void send(String session, String queue) throws Exception {
    shell.run(
        "aws sqs send-message --queue-url \"$%s\" --message-body '%s'"
            .formatted(queue, record(session)),
        SHORT);
  }

  private static String record(String session) {
    return """
    {"id": "%s", "session_id": "%s", "model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello"}], \
    "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Hi!"}}]}\
    """
        .formatted(session, session);
  }

  /** Waits until one of the session's spans is as said. */
  private void awaitSession(String session, Predicate<ReceivedSpan> span) {
    sentry.awaitSpans(
        "spans of " + session,
        SHORT,
        spans -> spans.stream().anyMatch(s -> isOf(session, s) && span.test(s)));
  }

  private List<ReceivedSpan> spansOf(String session) {
    return sentry.spans().stream().filter(span -> isOf(session, span)).toList();
  }

  private static boolean isOf(String session, ReceivedSpan span) {
    return session.equals(span.text("session.id"));
  }

  private void awaitOutput(String commands, String part) throws InterruptedException {
    Waiting.until(part, SHORT, () -> shell.run(commands, SHORT).contains(part));
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void step(String name, Step step) throws Exception {
    long start = System.nanoTime();
    step.run();
    report(name, start);
  }

  private static void report(String name, long start) {
    System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, name);
  }
}
