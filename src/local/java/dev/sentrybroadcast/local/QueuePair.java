package dev.sentrybroadcast.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A queue and the dead-letter queue behind it. */
public final class QueuePair {

  /** SQS's limit on the entries of one batch. */
  private static final int BATCH = 10;

  private final SqsClient client;
  private final String name;
  private final String url;
  private final String deadLetterUrl;

  QueuePair(SqsClient client, String name, String url, String deadLetterUrl) {
    this.client = client;
    this.name = name;
    this.url = url;
    this.deadLetterUrl = deadLetterUrl;
  }

  public String name() {
    return name;
  }

  public String url() {
    return url;
  }

  public String deadLetterUrl() {
    return deadLetterUrl;
  }

  /** As AWS would write it; ElasticMQ's own names no real region. */
  public String arn() {
    return "arn:aws:sqs:" + LocalQueues.REGION + ":000000000000:" + name;
  }

  public boolean isFifo() {
    return name.endsWith(".fifo");
  }

  /** Returns the message's id. */
  public String send(String body) {
    return client.sendMessage(r -> r.queueUrl(url).messageBody(body)).messageId();
  }

  /** For a FIFO queue, or a fair standard one. */
  public String send(String body, String group) {
    return client
        .sendMessage(r -> r.queueUrl(url).messageBody(body).messageGroupId(group))
        .messageId();
  }

  /** In batches of ten; a batch holds at most 1 MiB, so large bodies go one by one. */
  public List<String> sendAll(List<String> bodies) {
    List<String> ids = new ArrayList<>();
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    int bytes = 0;
    for (String body : bodies) {
      int length = 4 * body.length();
      if (entries.size() == BATCH || (bytes + length > 1 << 20 && !entries.isEmpty())) {
        ids.addAll(send(entries));
        entries.clear();
        bytes = 0;
      }
      bytes += length;
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(body)
              .build());
    }
    if (!entries.isEmpty()) {
      ids.addAll(send(entries));
    }
    return ids;
  }

  private List<String> send(List<SendMessageBatchRequestEntry> entries) {
    List<SendMessageBatchRequestEntry> all = List.copyOf(entries);
    var response = client.sendMessageBatch(r -> r.queueUrl(url).entries(all));
    if (!response.failed().isEmpty()) {
      throw new IllegalStateException(
          response.failed().size()
              + " messages were not taken: "
              + response.failed().getFirst().code());
    }
    return response.successful().stream().map(entry -> entry.messageId()).toList();
  }

  /** Visible, in flight and delayed messages together: 0 means that all were deleted or moved. */
  public int depth() {
    return depth(url);
  }

  public int deadLetters() {
    return depth(deadLetterUrl);
  }

  /** Receives dead letters, up to ten, and leaves them there. */
  public List<Message> peekDeadLetters() {
    return client
        .receiveMessage(r ->
            r.queueUrl(deadLetterUrl)
                .maxNumberOfMessages(BATCH)
                .visibilityTimeout(0)
                .waitTimeSeconds(0))
        .messages();
  }

  public void awaitDrained(Duration limit) {
    new Changes()
        .await("an empty " + name, limit, () -> depth() == 0, () -> depth() + " messages left");
  }

  public void awaitDeadLetters(int count, Duration limit) {
    new Changes()
        .await(
            count + " dead letters of " + name,
            limit,
            () -> deadLetters() >= count,
            () -> deadLetters() + " dead letters");
  }

  /** Messages that wait to be received, and those that were and are hidden meanwhile. */
  record Depth(int waiting, int hidden) {}

  Depth depths() {
    Map<QueueAttributeName, String> counts = counts(url);
    int hidden = count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    return new Depth(counts.values().stream().mapToInt(Integer::parseInt).sum() - hidden, hidden);
  }

  private static int count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
    return Integer.parseInt(counts.getOrDefault(name, "0"));
  }

  /** From now on, also for the messages that are there. */
  void maxReceives(int receives) {
    client.setQueueAttributes(r ->
        r.queueUrl(url)
            .attributes(
                Map.of(
                    QueueAttributeName.REDRIVE_POLICY,
                    LocalQueues.redrivePolicy(client, deadLetterUrl, receives))));
  }

  /**
   * Moves the dead letters back, up to ten; each becomes a new message, as SQS's own redrive makes
   * it.
   */
  Map<String, String> redrive() {
    Map<String, String> newIds = new LinkedHashMap<>();
    List<Message> letters =
        client
            .receiveMessage(r ->
                r.queueUrl(deadLetterUrl)
                    .maxNumberOfMessages(BATCH)
                    .visibilityTimeout(10)
                    .waitTimeSeconds(0))
            .messages();
    for (Message letter : letters) {
      newIds.put(letter.messageId(), send(letter.body()));
      client.deleteMessage(r -> r.queueUrl(deadLetterUrl).receiptHandle(letter.receiptHandle()));
    }
    return newIds;
  }

  private int depth(String queueUrl) {
    return counts(queueUrl).values().stream().mapToInt(Integer::parseInt).sum();
  }

  private Map<QueueAttributeName, String> counts(String queueUrl) {
    return client
        .getQueueAttributes(r ->
            r.queueUrl(queueUrl)
                .attributeNames(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributes();
  }
}
