package dev.sentrybroadcast.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LocalQueues;
import dev.sentrybroadcast.local.QueuePair;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Objects in S3 as sources, through the real handler and the real client of S3. */
final class ObjectSourcesTest {

  private final LocalCloud cloud = new LocalCloud();
  private final S3StandIn s3 = new S3StandIn();
  private final InvocationContext context = new InvocationContext(60_000);
  private final Map<String, String> settings =
      new HashMap<>(Map.of("SOURCE_BUCKETS", "bucket, other/logs"));

  @AfterEach
  void close() {
    cloud.close();
    s3.close();
  }

  private List<String> invoke(String... bodies) {
    Map<String, String> environment = cloud.environment();
    environment.putAll(settings);
    try (BroadcastFunction function =
        new BroadcastFunction(environment, cloud::secretsManager, AwsClients::sqs, s3::client)) {
      return LocalCloud.invoke(function, LocalCloud.event(bodies), context);
    }
  }

  private static String notification(String bucket, String key, String more) {
    return """
    {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
      "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": 1%s}}}]}\
    """
        .formatted(bucket, key, more);
  }

  private static String notification(String key) {
    return notification("bucket", key, "");
  }

  private static String record(String id) {
    return LocalCloud.generation(id).replaceAll("\\s+", " ").strip();
  }

  private Set<String> sessions() {
    return cloud.sentry.spans().stream()
        .map(span -> span.text("session.id"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String log() {
    return String.join("\n", context.lines());
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTIFICATION",
        "{'Type':'Notification','TopicArn':'arn:aws:sns:x','Message':'ESCAPED'}",
        "{'version':'0','id':'1','detail-type':'Object Created','source':'aws.s3','detail':{'bucket':{'name':'bucket'},'object':{'key':'a/b c+d.jsonl','etag':'e1','version-id':''}}}",
        "['software.amazon.payloadoffloading.PayloadS3Pointer',{'s3BucketName':'bucket','s3Key':'a/b c+d.jsonl'}]",
      })
  void message_ofEachKind_standsForTheRecordsOfItsObject(String form) {
    s3.put("bucket/a/b c+d.jsonl", record("a") + "\r\n\n" + record("b"));
    String notification = notification("a/b+c%2Bd.jsonl").replaceAll("\\s+", " ");
    String message =
        form.replace('\'', '"')
            .replace("NOTIFICATION", notification)
            .replace("ESCAPED", notification.replace("\"", "\\\""));

    assertThat(invoke(message)).isEmpty();
    assertThat(sessions()).containsExactly("session-a", "session-b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Service':'Amazon S3','Event':'s3:TestEvent','Bucket':'bucket'}",
        "{'Records':[{'eventSource':'aws:s3','eventName':'ObjectRemoved:Delete','s3':{'bucket':{'name':'bucket'},'object':{'key':'k'}}}]}",
        "{'detail-type':'Object Deleted','source':'aws.s3','detail':{'bucket':{'name':'bucket'},'object':{'key':'k'}}}",
        "{'Records':[{'s3':{'bucket':{'name':'bucket'},'object':{'key':'AWSLogs/1/BedrockModelInvocationLogs/us-east-1/2026/11/20/12/data/x_input.json.gz'}}}]}",
        "{'Records':[{'s3':{'bucket':{'name':'bucket'},'object':{'key':'AWSLogs/1/BedrockModelInvocationLogs/amazon-bedrock-logs-permission-check'}}}]}",
      })
  void message_thatBringsNoRecords_isDone(String message) {
    assertThat(invoke(message.replace('\'', '"'))).isEmpty();
    assertThat(s3.requests).isEmpty();
  }

  /** The decision stands in one place, so these are all ways to it, and all ways around it. */
  @ParameterizedTest
  @CsvSource({
    "elsewhere, k",
    "bucket.s3.amazonaws.com, k",
    "169.254.169.254, latest/meta-data/iam",
    "arn:aws:s3:us-east-1:1:accesspoint/x, k",
    "bucket, ../secrets/k",
    "bucket, a/../../k",
    "bucket, a/./k",
    "bucket, ..",
    "other, k",
    "other, logsandmore/k",
    "other, logs/../k",
    "other, logs",
  })
  void pointer_elsewhere_isNeverFollowed(String bucket, String key) {
    String pointer = "{\"s3\": {\"bucket\": \"%s\", \"key\": \"%s\"}}".formatted(bucket, key);
    String log =
        "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-11-20T12:00:00Z\",\"requestId\":\"r\","
            + "\"modelId\":\"m\",\"input\":{\"inputBodyS3Path\":\"s3://%s/%s\"}}"
                .formatted(bucket, key);
    s3.put("bucket/lines", "{\"request\": " + pointer + "}\n" + log);

    List<String> returned =
        invoke(
            notification(bucket, key, ""),
            "[\"x\", {\"s3BucketName\": \"%s\", \"s3Key\": \"%s\"}]".formatted(bucket, key),
            "{\"request\": " + pointer + ", \"ended_at\": 1}",
            "{\"request\": {\"model\": \"m\"}, \"response\": " + pointer + "}",
            "{\"broadcastSource\": {\"bucket\": \"%s\", \"key\": \"%s\", \"line\": 0, \"offset\": 0}}"
                .formatted(bucket, key),
            log,
            notification("lines"));

    assertThat(returned)
        .as("all but the log record, which goes without its body")
        .containsExactly("m0", "m1", "m2", "m3", "m4", "m6");
    assertThat(s3.requests).containsExactly("bucket/lines");
    assertThat(log()).contains("an object in one of SOURCE_BUCKETS").doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "s3:/bucket/k",
        "s3://",
        ""
      })
  void pathOfBedrock_thatIsNoObject_isNeverFollowed(String path) {
    assertThat(
            invoke(
                "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-11-20T12:00:00Z\",\"modelId\":\"m\",\"input\":{\"inputBodyS3Path\":\"%s\"}}"
                    .formatted(path)))
        .isEmpty();
    assertThat(s3.requests).isEmpty();
    assertThat(cloud.sentry.spans()).isNotEmpty();
  }

  @Test
  void noBucketAllowed_isMalformedAndSaysWhichSetting() {
    settings.clear();
    s3.put("bucket/k", record("a"));

    assertThat(invoke(notification("k"), "[\"x\",{\"s3BucketName\":\"bucket\",\"s3Key\":\"k\"}]"))
        .containsExactly("m0", "m1");
    assertThat(log()).contains("set SOURCE_BUCKETS");
    assertThat(s3.requests).isEmpty();
  }

  @Test
  void contents_ofEachForm_areRead() {
    String a = record("a");
    s3.put("bucket/object.json", LocalCloud.generation("pretty"));
    s3.put("bucket/array.json", " \n [" + record("b") + ",\n" + record("c") + "]");
    s3.put("bucket/lines", a.replace("\"a\"", "\"d\"").replace("session-a", "session-d") + "\n");
    s3.put("bucket/named.gz", gzip(record("e")), "e1");
    s3.put("bucket/magic", gzip(record("f")), "e1");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      members.writeBytes(gzip(record("g" + i) + "\n"));
    }
    s3.put("bucket/members.gz", members.toByteArray(), "e1");
    s3.put("bucket/empty.gz", "");
    s3.put("other/logs/x", record("h"));

    assertThat(
            invoke(
                notification("object.json"),
                notification("array.json"),
                notification("lines"),
                notification("named.gz"),
                notification("magic"),
                notification("members.gz"),
                notification("empty.gz"),
                notification("other", "logs/x", "")))
        .isEmpty();
    assertThat(sessions())
        .hasSize(47)
        .contains("session-pretty", "session-b", "session-c", "session-d", "session-e", "session-f")
        .contains("session-g0", "session-g39", "session-h");
  }

  @Test
  void object_missingRefusedCutOffOrDamaged_isReturnedWithAReason() {
    byte[] gz = gzip(record("a") + "\n" + record("b"));
    s3.refuse("bucket/forbidden", 403);
    s3.put("bucket/truncated.gz", Arrays.copyOf(gz, gz.length - 12), "e1");
    s3.cut("bucket/dropped", (record("a") + "\n" + record("b")).getBytes(UTF_8), 300);
    s3.put("bucket/no.gz", "no gzip");
    s3.put("bucket/text", "hello\nworld");
    s3.claim("bucket/huge", 1L << 31);

    List<String> returned =
        invoke(
            notification("missing"),
            notification("forbidden"),
            notification("truncated.gz"),
            notification("dropped"),
            notification("no.gz"),
            notification("text"),
            notification("huge"),
            LocalCloud.generation("good"));

    assertThat(returned).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
    assertThat(log())
        .contains("S3: NoSuchKey", "S3: AccessDenied", "its data is cut off")
        .contains(
            "malformed: $: expected gzip, as its name says",
            "malformed: line 1: expected JSON",
            "at most 1 GiB")
        .contains("\"ReturnedSourceUnavailable\":4", "\"ReturnedMalformed\":3")
        .doesNotContain("secret words", "hello");
    assertThat(sessions()).contains("session-good");
  }

  @Test
  void line_tooLong_isMalformedAlone() {
    String longLine = "{\"model\":\"" + "x".repeat((6 << 20) + 1) + "\"}";
    s3.put("bucket/k", record("a") + "\n" + longLine + "\n" + record("b"));

    assertThat(invoke(notification("k"))).containsExactly("m0");
    assertThat(sessions()).containsExactly("session-a", "session-b");
    assertThat(log()).contains("malformed: line 2: expected a line of at most 6 MiB");
  }

  @Test
  void element_tooLong_endsTheObject_andThoseBeforeItAreDelivered() {
    String array = "[" + record("a") + ",\"" + "x".repeat(7 << 20) + "\"]";
    s3.put("bucket/k", array);

    assertThat(invoke(notification("k"))).containsExactly("m0");
    assertThat(sessions()).containsExactly("session-a");
    assertThat(log()).contains("malformed: element 2: expected at most 6 MiB");
  }

  @Test
  void sameNotificationTwice_sendsEqualSpans_alsoWithoutIdsAndTimes() {
    s3.put("bucket/k", "{\"model\":\"m\",\"usage\":{\"prompt_tokens\":1}}\n".repeat(3));

    assertThat(invoke(notification("k"))).isEmpty();
    List<ReceivedSpan> first = cloud.sentry.spans();
    cloud.sentry.forget();
    assertThat(invoke(notification("bucket", "k", ", \"sequencer\": \"2\""))).isEmpty();

    assertThat(first).hasSize(3);
    assertThat(cloud.sentry.spans())
        .extracting(ReceivedSpan::spanId)
        .isEqualTo(first.stream().map(ReceivedSpan::spanId).toList());
    assertThat(first)
        .extracting(span -> span.text("broadcast.record.id"))
        .containsExactly("s3:bucket/k@e1#1", "s3:bucket/k@e1#2", "s3:bucket/k@e1#3");
    assertThat(cloud.sentry.spans()).isEqualTo(first);
  }

  @Test
  void overwrittenObject_isDoneForItsOldNotification() {
    s3.put("bucket/k", record("new").getBytes(UTF_8), "e2");

    assertThat(invoke(notification("bucket", "k", ", \"eTag\": \"e1\""))).isEmpty();
    assertThat(cloud.sentry.spans()).isEmpty();
    assertThat(log()).contains("ignored an object that was overwritten since its notification");
    assertThat(invoke(notification("bucket", "k", ", \"eTag\": \"e2\""))).isEmpty();
    assertThat(sessions()).containsExactly("session-new");
  }

  @Test
  void version_ofTheNotification_isRead() {
    s3.put("bucket/k?versionId=v1", record("old"));
    s3.put("bucket/k", record("new"));

    assertThat(invoke(notification("bucket", "k", ", \"versionId\": \"v1\", \"eTag\": \"e9\"")))
        .isEmpty();
    assertThat(sessions()).containsExactly("session-old");
  }

  @Test
  void bodies_inObjects_areReadForTheirRecord() {
    s3.put(
        "bucket/in.json",
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"A long one\"}]}");
    s3.put(
        "bucket/out.json.gz",
        gzip("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Short\"}}]}"),
        "e1");
    String record =
        "{\"ended_at\": 1795176000, \"request\": {\"s3\": {\"bucket\": \"bucket\", \"key\": \"in.json\"}},"
            + " \"response\": {\"s3\": {\"bucket\": \"bucket\", \"key\": \"out.json.gz\"}}}";
    s3.put("bucket/lines", record);

    assertThat(invoke(record, notification("lines"))).isEmpty();
    assertThat(cloud.sentry.spans())
        .hasSize(2)
        .allSatisfy(span -> {
          assertThat(span.text("gen_ai.input.messages")).contains("A long one");
          assertThat(span.text("gen_ai.output.messages")).contains("Short");
        });
  }

  @Test
  void privacyMode_holdsForBodiesAndRecordsInObjects() {
    cloud.secrets.put(
        LocalCloud.PREFIX + "default",
        cloud.sentry.destinationJson(LocalCloud.KEY, LocalCloud.PROJECT, true));
    s3.put(
        "bucket/CANARYkey",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"CANARYbody\"}]}");
    String record =
        "{\"ended_at\":1,\"request\":{\"s3\":{\"bucket\":\"bucket\",\"key\":\"%s\"}},\"response\":\"CANARYanswer\"}";
    s3.put(
        "bucket/lines",
        record.formatted("CANARYkey") + "\n{\"CANARYbad\": \n" + record.formatted("CANARYmissing"));

    assertThat(
            invoke(
                notification("lines"), record.formatted("CANARYkey"), notification("CANARYgone")))
        .containsExactly("m0", "m2");
    assertThat(cloud.sentry.spans())
        .hasSize(2)
        .allSatisfy(span ->
            assertThat(span.attributes().toString()).doesNotContain("CANARYbody", "CANARYanswer"));
    assertThat(log()).contains("line 2", "S3: NoSuchKey").doesNotContain("CANARY");
  }

  @Test
  void bodies_thatAreNone_failTheirRecordAlone() {
    s3.put("bucket/pointer", "{\"s3\":{\"bucket\":\"bucket\",\"key\":\"pointer\"}}");
    s3.put("bucket/text", "hello");
    s3.put("bucket/large", "\"" + "x".repeat(7 << 20) + "\"");
    String record = "{\"request\":{\"s3\":{\"bucket\":\"bucket\",\"key\":\"%s\"}},\"ended_at\":1}";

    assertThat(
            invoke(
                record.formatted("pointer"),
                record.formatted("text"),
                record.formatted("large"),
                record.formatted("missing"),
                LocalCloud.generation("good")))
        .containsExactly("m0", "m1", "m2", "m3");
    assertThat(log())
        .contains("malformed: request.s3: expected a body, not a pointer")
        .contains(
            "malformed: request.s3: expected JSON", "a body of at most 6 MiB", "S3: NoSuchKey");
    assertThat(sessions()).contains("session-good");
  }

  @Test
  void bedrockLog_withBodiesBesideIt_isAnObjectOfRecords() throws IOException {
    settings.put("BEDROCK_USER_FROM_ARN", "true");
    Path folder = Path.of("src/test/resources/fixtures/bedrock");
    String path = "AWSLogs/123456789012/BedrockModelInvocationLogs/us-east-1/2026/11/20/12/";
    String large =
        Files.readString(folder.resolve("bodies-in-objects.json"))
            .replace("bedrock-log/", "bucket/")
            .replaceAll("\\s*\\n\\s*", " ");
    String small =
        Files.readString(folder.resolve("nova-converse-stream.json"))
            .replaceAll("\\s*\\n\\s*", " ");
    s3.put("bucket/" + path + "20261120T120000123Z_0a1b.json.gz", gzip(small + "\n" + large), "e1");
    s3.put(
        "bucket/" + path + "data/b0e5_input.json.gz",
        gzip("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"The whole book\"}]}]}"),
        "e1");
    s3.put(
        "bucket/" + path + "data/b0e5_output.json.gz",
        gzip(
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"A summary\"}]}},\"stopReason\":\"end_turn\"}"),
        "e1");

    assertThat(invoke(notification(path + "20261120T120000123Z_0a1b.json.gz"))).isEmpty();

    assertThat(cloud.sentry.spans())
        .hasSize(2)
        .allSatisfy(span ->
            assertThat(span.text("user.id"))
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/shop-backend/session-7"))
        .anySatisfy(span -> {
          assertThat(span.text("gen_ai.input.messages")).contains("The whole book");
          assertThat(span.text("gen_ai.output.messages")).contains("A summary");
        });
  }

  @Test
  void liteLlmObject_isRead() throws IOException {
    s3.put(
        "bucket/litellm/2026-11-20/time-12-00-00_chatcmpl-1.json",
        Files.readString(
            Path.of("src/test/resources/fixtures/litellm/captured-proxy-bedrock.json")));

    assertThat(invoke(notification("litellm/2026-11-20/time-12-00-00_chatcmpl-1.json"))).isEmpty();
    assertThat(cloud.sentry.spans()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k.jsonl", "k.jsonl.gz"})
  void largeObject_thatFailsOnTheWay_isContinuedByItsQueue_andNothingIsLost(String key) {
    int lines = 2_500;
    String content =
        IntStream.range(0, lines).mapToObj(i -> record("r" + i)).collect(Collectors.joining("\n"));
    s3.put("bucket/" + key, key.endsWith("gz") ? gzip(content) : content.getBytes(UTF_8), "e1");
    try (LocalQueues queues = LocalQueues.start()) {
      QueuePair queue = queues.create("objects", 5, Duration.ofSeconds(30));
      Map<String, String> environment = cloud.environment();
      environment.putAll(settings);
      BroadcastFunction function =
          new BroadcastFunction(environment, cloud::secretsManager, queues::client, s3::client);
      List<String> messages = new ArrayList<>(List.of(notification(key)));
      int invocations = 0;
      while (!messages.isEmpty()) {
        invocations++;
        assertThat(invocations).isLessThan(9);
        // The first slice of 1,000 records is accepted, and no other one.
        cloud.sentry.replyNext(new Reply.AsRelay(), new Reply.Refusal(400, Map.of()));
        assertThat(
                LocalCloud.invoke(
                    function,
                    LocalCloud.event(messages.removeFirst())
                        .replace("arn:aws:sqs:us-east-1:000000000000:generations", queue.arn()),
                    context))
            .isEmpty();
        messages.addAll(receive(queues.client(), queue));
      }
      function.close();

      assertThat(invocations).isEqualTo(3);
      assertThat(cloud.sentry.spans()).hasSize(lines);
      assertThat(sessions()).hasSize(lines);
      assertThat(s3.ranges.stream().filter(range -> !range.isEmpty()).count())
          .isEqualTo(key.endsWith("gz") ? 0 : 2);
    }
  }

  private static List<String> receive(SqsClient client, QueuePair queue) {
    return client
        .receiveMessage(r -> r.queueUrl(queue.url()).maxNumberOfMessages(10).waitTimeSeconds(0))
        .messages()
        .stream()
        .map(message -> message.body())
        .toList();
  }
}
