package dev.sentrybroadcast.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.Reply;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/**
 * Objects as sources, as docs/sources.md says: LocalStack's bucket, its events by EventBridge, by
 * SQS and by SNS, the stack's queue and function, and a Sentry on loopback. The function has 217 MB
 * of heap. {@code -Dobjects.lines=100000} and {@code -Dobjects.megabytes=200} make the large
 * objects larger.
 */
@Tag("deploy")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class ObjectsIT {

  private static final NotificationConfiguration NONE = NotificationConfiguration.builder().build();
  private static final int LINES = Integer.getInteger("objects.lines", 20_000);
  private static final int MEGABYTES = Integer.getInteger("objects.megabytes", 40);

  private Operator operator;
  private SourceBucket bucket;

  @BeforeAll
  void deploy() throws Exception {
    operator = Operator.start();
    operator.run(
        operator.withParameters(
            Commands.of("docs/deploy.md").take("Deploy", 0),
            "MemorySize=256 SourcePrefix=logs/ SourceBucket=" + SourceBucket.NAME));
    operator.writeDestination(Operator.KEY);
    String queueUrl =
        operator.run(
            """
            aws secretsmanager put-secret-value --secret-id "$STACK/destinations/default" --secret-string file://destination.json > /dev/null
            output() { aws cloudformation describe-stacks --stack-name "$STACK" --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue" --output text; }
            LOG_GROUP=$(output BroadcastLogGroup) QUEUE_URL=$(output GenerationQueueUrl)
            aws s3 mb s3://%s > /dev/null
            echo "$QUEUE_URL"
            """
                .formatted(SourceBucket.NAME));
    bucket = new SourceBucket(URI.create(operator.endpoint()), queueUrl);
  }

  @AfterEach
  void clear() {
    bucket.notifies(NONE);
    bucket.purge();
    operator.sentry.replyAsRelay();
    operator.sentry.forget();
  }

  @AfterAll
  void stop() throws IOException {
    if (bucket != null) {
      bucket.close();
    }
    if (operator != null) {
      operator.close();
    }
  }

  private static String record(String session) {
    return Operator.record(session);
  }

  /** Waits until the records are there and the queue is empty: each came once, and no other. */
  private void awaitExactly(String... sessions) throws InterruptedException {
    for (String session : sessions) {
      operator.awaitSession(session, _ -> true);
    }
    bucket.awaitNoneWaiting();
    assertThat(operator.sentry.spans())
        .extracting(span -> span.text("session.id"))
        .containsExactlyInAnyOrder(sessions);
  }

  private void awaitLog(String text) throws InterruptedException {
    operator.awaitOutput(
        "aws logs filter-log-events --log-group-name \"$LOG_GROUP\" --query 'events[].message' --output text",
        text);
  }

  /** The key is a plain one: in EventBridge's events LocalStack encodes it, and AWS does not. */
  @Test
  void commandsOfThePage_newObjectsArriveOnce_andBackfillBringsThemAgain() throws Exception {
    Commands sources = Commands.of("docs/sources.md");
    operator.run(sources.take("Switching it on", 0));
    operator.run(
        """
        echo '%s' | aws s3 cp - s3://my-logs/other/outside.json
        echo '%s' | aws s3 cp - s3://my-logs/logs/2026/inside.json
        """
            .formatted(record("outside"), anonymous("inside")));
    awaitExactly("inside");

    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String backfill =
        sources
            .take("Backfill", 0)
            .replace("docs/backfill", Path.of("docs", "backfill").toAbsolutePath().toString())
            .replace("AWSLogs/", "logs/2026/")
            .replace("2026-11-01 2026-11-20T12:00", today.minusDays(1) + " " + today.plusDays(2));
    assertThat(operator.run(backfill)).containsOnlyOnce("sent");
    operator.sentry.awaitSpans(2, Operator.LONG);
    awaitExactly("inside", "inside");
    assertThat(spanIds()).hasSize(1);
    assertThat(sources.left()).isEmpty();
  }

  @Test
  void directNotification_ofAKeyThatIsEncoded_arrivesOnce() throws Exception {
    bucket.notifies(
        NotificationConfiguration.builder()
            .queueConfigurations(
                QueueConfiguration.builder()
                    .queueArn(bucket.queueArn())
                    .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
                    .build())
            .build());
    bucket.put("logs/a b+c/ü=%41.json", record("direct"));

    awaitExactly("direct");
    awaitLog("ignored the test event of an S3 notification");
    bucket.delete("logs/a b+c/ü=%41.json");
    awaitLog("ignored an S3 event that creates no object");
    awaitExactly("direct");
  }

  @Test
  void notificationBySns_wrappedOrRaw_arrivesOnce() throws Exception {
    operator.run(
        """
        TOPIC=$(aws sns create-topic --name objects --query TopicArn --output text)
        SUBSCRIPTION=$(aws sns subscribe --topic-arn "$TOPIC" --protocol sqs --notification-endpoint %s --query SubscriptionArn --output text)
        """
            .formatted(bucket.queueArn()));
    String topic = operator.run("echo \"$TOPIC\"");
    bucket.notifies(
        NotificationConfiguration.builder()
            .topicConfigurations(
                TopicConfiguration.builder()
                    .topicArn(topic)
                    .events(Event.S3_OBJECT_CREATED)
                    .build())
            .build());
    bucket.put("logs/wrapped.json", record("wrapped"));
    awaitExactly("wrapped");

    operator.run(
        "aws sns set-subscription-attributes --subscription-arn \"$SUBSCRIPTION\" --attribute-name RawMessageDelivery --attribute-value true");
    bucket.put("logs/raw.json", record("raw"));
    awaitExactly("wrapped", "raw");
  }

  /**
   * LocalStack grants everything. An archived object is one that S3 itself refuses, with 403 and
   * {@code InvalidObjectState}; {@code AccessDenied} is in {@code ObjectSourcesTest}.
   */
  @Test
  void objectsThatCannotBeRead_andPointersElsewhere_areReturnedWithAReason() throws Exception {
    byte[] whole = gzip(record("first") + "\n" + record("second"));
    bucket.put(
        "logs/archived.json", RequestBody.fromString(record("archived")), StorageClass.GLACIER);
    bucket.put(
        "logs/truncated.gz",
        RequestBody.fromBytes(Arrays.copyOf(whole, whole.length - 12)),
        StorageClass.STANDARD);
    bucket.put("secrets/key.json", record("secret"));
    bucket.send(
        notification("logs/missing.json"),
        notification("logs/archived.json"),
        notification("logs/truncated.gz"),
        notification("secrets/key.json"),
        notification("logs/../secrets/key.json"),
        SourceBucket.notification("elsewhere", "logs/key.json", null),
        SourceBucket.notification("169.254.169.254", "latest/meta-data/iam", null),
        "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"my-logs\",\"s3Key\":\"secrets/key.json\"}]",
        "{\"request\":{\"s3\":{\"bucket\":\"my-logs\",\"key\":\"secrets/key.json\"}},\"ended_at\":1}",
        "{\"request\":{\"s3\":\"file:///etc/passwd\"},\"ended_at\":1}",
        record("good"));

    operator.awaitSession("good", _ -> true);
    awaitLog("S3: NoSuchKey");
    awaitLog("S3: InvalidObjectState");
    awaitLog("its data is cut off");
    awaitReturned(10);
    assertThat(bucket.waiting()).isEqualTo(10);
    assertThat(operator.sentry.spans())
        .extracting(span -> span.text("session.id"))
        .doesNotContain("secret", "archived");
  }

  private void awaitReturned(int count) throws InterruptedException {
    operator.awaitOutput(
        """
        aws logs filter-log-events --log-group-name "$LOG_GROUP" --filter-pattern '"message returned"' --query 'events[].message' --output json |
          jq -r '.[] | fromjson | .messageId // empty' | sort -u | wc -l
        """,
        Integer.toString(count));
  }

  private static String notification(String key) {
    return SourceBucket.notification(SourceBucket.NAME, key, null);
  }

  @Test
  void sameNotificationTwice_andAnObjectOverwrittenInBetween_changeNothing() throws Exception {
    String old = bucket.put("logs/k.jsonl", anonymous("old") + "\n" + anonymous("old"));
    bucket.send(of("logs/k.jsonl", old));
    bucket.awaitNoneWaiting();
    bucket.send(of("logs/k.jsonl", old));
    bucket.awaitNoneWaiting();
    assertThat(operator.sentry.spans()).hasSize(4);
    assertThat(spanIds()).hasSize(2);

    String changed = bucket.put("logs/k.jsonl", anonymous("changed"));
    bucket.send(of("logs/k.jsonl", old), of("logs/k.jsonl", changed));
    bucket.awaitNoneWaiting();

    assertThat(spanIds()).hasSize(3);
    assertThat(operator.spansOf("changed")).hasSize(1);
    awaitLog("ignored an object that was overwritten since its notification");
  }

  private static String of(String key, String etag) {
    return SourceBucket.notification(SourceBucket.NAME, key, etag);
  }

  private static String anonymous(String session) {
    return record(session).replaceFirst("\"id\": \"[^\"]*\", ", "");
  }

  private List<String> spanIds() {
    return operator.sentry.spans().stream().map(ReceivedSpan::spanId).distinct().toList();
  }

  /** Sentry refuses the second request, so that the rest goes on by a message of its own. */
  @Test
  void objectOfManyLines_thatIsContinued_losesAndDoublesNothing() throws Exception {
    bucket.put(
        "logs/lines.jsonl",
        IntStream.range(0, LINES)
            .mapToObj(i -> record("line-" + i))
            .collect(Collectors.joining("\n")));
    operator.sentry.replyNext(new Reply.AsRelay(), new Reply.Refusal(400, Map.of()));
    bucket.send(notification("logs/lines.jsonl"));

    operator.sentry.awaitSpans(LINES, Operator.LONG);
    bucket.awaitNoneWaiting();
    assertThat(operator.sentry.spans()).hasSize(LINES);
    assertThat(spanIds()).hasSize(LINES);
    awaitLog("\"Continued\":1");
  }

  @Test
  void largeObject_inBoundedMemory_arrivesOnce(@TempDir Path folder) throws Exception {
    String text = "The lids are in stock. ".repeat(250);
    int records = (MEGABYTES << 20) / 6_000;
    Path file = folder.resolve("large.jsonl");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < records; i++) {
        lines.write(record("large-" + i).replace("Hello", text) + "\n");
      }
    }
    bucket.put("logs/large.jsonl", file);
    bucket.send(notification("logs/large.jsonl"));

    operator.sentry.awaitSpans(records, Operator.LONG);
    bucket.awaitNoneWaiting();
    assertThat(operator.sentry.spans()).hasSize(records);
    assertThat(spanIds()).hasSize(records);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
