package dev.sentrybroadcast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

  private static final String NEW_KEY = "b".repeat(32);
  private static final String DEAD_LETTERS =
      "aws sqs get-queue-attributes --queue-url \"$DLQ_URL\" --attribute-names"
          + " ApproximateNumberOfMessages --query Attributes.ApproximateNumberOfMessages";

  private final Commands deploy = Commands.of("docs/deploy.md");
  private final Commands runbook = Commands.of("docs/runbook.md");
  private Operator operator;

  DeploymentIT() throws IOException {}

  @BeforeEach
  void start() throws IOException, InterruptedException {
    long start = System.nanoTime();
    operator = Operator.start();
    report("Python environment and LocalStack", start);
  }

  @AfterEach
  void stop() throws IOException {
    if (operator != null) {
      operator.close();
    }
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
    operator.run(operator.withParameters(deploy.take("Deploy", 0), "HttpIntake=true"));
  }

  private void saveDestination() throws Exception {
    operator.writeDestination(Operator.KEY);
    String answer = operator.run(deploy.take("Tell it where to send", 0));
    assertThat(answer).contains("\"saved\": true");
  }

  private void seeTrace() throws Exception {
    operator.run(deploy.take("See a trace", 0));
    operator.awaitSession("first-session", span -> span.text("gen_ai.input.messages") != null);
    operator.awaitOutput(deploy.take("See a trace", 1), "\"Exported\":1");
  }

  private void sendOverHttp() throws Exception {
    String answer =
        operator.run(
            """
            KEY=$(aws apigateway get-api-key --api-key "$(output IntakeKeyId)" --include-value --query value --output text)
            curl --silent --show-error --header "x-api-key: $KEY" --header 'content-type: application/json' \
              --data '%s' "$(output IntakeUrl | sed s/https:/http:/)"
            """
                .formatted(Operator.record("over-http")));
    assertThat(answer).isEqualTo("{}");
    operator.awaitSession("over-http", _ -> true);
  }

  private void lookAtAlarms() throws Exception {
    operator.run(runbook.take("Before anything else", 0));
    operator.run(runbook.take("Before anything else", 1));
    assertThat(operator.run(runbook.take("OldestMessageAlarm", 0))).contains("Enabled");
    operator.run(runbook.take("ConnectionErrorsAlarm", 0));
    operator.run(runbook.take("IntakeErrorsAlarm", 0));
    operator.run(runbook.take("ThrottlesAlarm", 0));
    operator.run(runbook.take("LastGoodServedAlarm", 0));
    assertThat(operator.run("aws cloudwatch describe-alarms --query 'MetricAlarms[].OKActions'"))
        .isNotEmpty();
  }

  /** Two receives, one second apart, in place of 60 with 7 minutes between them. */
  private void recoverDeadLetters() throws Exception {
    operator.run(
        """
        aws sqs set-queue-attributes --queue-url "$QUEUE_URL" --attributes \
          "$(jq -nc --arg arn "$DLQ_ARN" '{VisibilityTimeout: "1", RedrivePolicy: ({deadLetterTargetArn: $arn, maxReceiveCount: "2"} | tojson)}')"
        """);
    operator.sentry.stop();
    operator.send("undelivered", "QUEUE_URL");
    operator.run("aws sqs send-message --queue-url \"$QUEUE_URL\" --message-body '{not json'");
    operator.awaitOutput(DEAD_LETTERS, "\"2\"");
    operator.sentry.restart();

    operator.run(Operator.soon(runbook.take("Look into the dead-letter queue", 0)));
    assertThat(Files.readAllLines(Operator.RELEASE.resolve("dead.tsv"))).hasSize(2);
    // What the query of Logs Insights gives.
    operator.run(
        """
        aws logs filter-log-events --log-group-name "$LOG_GROUP" --filter-pattern '"message returned"' --query 'events[].message' --output json |
          jq -r '.[] | fromjson | [.messageId, .reason, .detail] | @tsv' | sort -u -k 1,1 > reasons.tsv
        """);
    assertThat(operator.run(runbook.take("Malformed or undelivered?", 1)))
        .contains("1 MALFORMED", "1 UNAVAILABLE");
    operator.awaitOutput(DEAD_LETTERS, "\"2\"");
    assertThat(operator.run(Operator.soon(runbook.take("Remove what cannot be delivered", 0))))
        .containsOnlyOnce("deleted");
    operator.awaitOutput(DEAD_LETTERS, "\"1\"");
    operator.run(runbook.take("Redrive", 0));
    operator.awaitSession("undelivered", _ -> true);
  }

  private void rotate() throws Exception {
    operator.sentry.allow(NEW_KEY, Operator.PROJECT);
    operator.sentry.refuse(Operator.KEY);
    Files.writeString(
        Operator.RELEASE.resolve("new-dsn.txt"), operator.sentry.dsn(NEW_KEY, Operator.PROJECT));
    operator.run(runbook.take("Rotate a DSN", 0));
    operator.send("rotated", "QUEUE_URL");
    operator.awaitSession("rotated", span -> span.publicKey().equals(NEW_KEY));

    String back = runbook.take("LastGoodServedAlarm", 1);
    String dsn =
        "aws secretsmanager get-secret-value --secret-id \"$STACK/destinations/default\""
            + " --version-stage AWSCURRENT --query SecretString --output text | jq -r .dsn";
    operator.run(back);
    assertThat(operator.run(dsn)).isEqualTo(operator.sentry.dsn(Operator.KEY, Operator.PROJECT));
    operator.run(back);
    assertThat(operator.run(dsn)).isEqualTo(operator.sentry.dsn(NEW_KEY, Operator.PROJECT));
  }

  private void addDestination() throws Exception {
    operator.writeDestination(NEW_KEY);
    operator.run(runbook.take("Add a destination", 0));
    operator.run(
        "aws sqs send-message --queue-url \"$QUEUE_URL\" --message-body '%s'"
            .formatted(Operator.record("in-eu").replaceFirst("\\{", "{\"destination\": \"eu\", ")));
    operator.awaitSession("in-eu", _ -> true);
  }

  private void stopAndGoOn() throws Exception {
    String stop = runbook.take("Stop everything", 0);
    operator.run(stop);
    String state =
        "aws lambda get-event-source-mapping --uuid \"$UUID\" --query State --output text";
    operator.awaitOutput(state, "Disabled");
    operator.run(stop.replace("--no-enabled", "--enabled"));
    operator.awaitOutput(state, "Enabled");
    operator.send("went-on", "QUEUE_URL");
    operator.awaitSession("went-on", _ -> true);
  }

  private void forcePrivacy() throws Exception {
    operator.run(runbook.take("Change a parameter", 0));
    assertThat(operator.run(runbook.take("Turn privacy on everywhere", 0))).endsWith("\"true\"");
    operator.send("private", "QUEUE_URL");
    operator.awaitSession("private", span -> span.text("gen_ai.request.model") != null);
    assertThat(operator.spansOf("private"))
        .allSatisfy(span -> assertThat(span.text("gen_ai.input.messages")).isNull());
  }

  private void rollBack() throws Exception {
    assertThat(operator.run(runbook.take("Roll back", 0)))
        .contains("\"FORCE_PRIVACY_MODE\": \"false\"", "\"FunctionVersion\": \"1\"");
    operator.send("rolled-back", "QUEUE_URL");
    operator.awaitSession("rolled-back", span -> span.text("gen_ai.input.messages") != null);
  }

  private void remove() throws Exception {
    operator.send("kept", "DLQ_URL");
    operator.run(deploy.take("Remove", 0));
    assertThat(operator.run("aws lambda list-functions --query 'length(Functions)'"))
        .isEqualTo("0");
    assertThat(operator.run(DEAD_LETTERS)).isEqualTo("\"1\"");
    assertThat(operator.run("aws secretsmanager list-secrets --query 'length(SecretList)'"))
        .isEqualTo("2");
  }

  private void createAgain() throws Exception {
    operator.run(operator.withParameters(deploy.take("Remove", 1), ""));
    operator.run(runbook.take("Remove, and keep the data", 0));
    operator.awaitSession("kept", _ -> true);
  }

  private void removeAll() throws Exception {
    operator.run("aws cloudformation delete-stack --stack-name \"$STACK\"");
    operator.run(deploy.take("Remove", 2));
    assertThat(operator.run("aws secretsmanager list-secrets --query 'length(SecretList)'"))
        .isEqualTo("0");
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
