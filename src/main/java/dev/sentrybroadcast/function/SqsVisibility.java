package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.delivery.Visibility;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Hides messages by {@code ChangeMessageVisibilityBatch}, one signed request per ten of them.
 *
 * <p>Not by the SDK's client for SQS: for this one call it would add 0.83 MB to 5 MB of SDK, and
 * the start of a second client. Signer, HTTP client and credentials are those of Secrets Manager's.
 * <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html">ChangeMessageVisibilityBatch</a>
 */
final class SqsVisibility implements Visibility {

  /** SQS's limit of one request. */
  private static final int MOST_ENTRIES = 10;

  /** A request may take this long, by the HTTP client's time-outs; with less left, none is made. */
  private static final Duration LEAST_TIME = Wiring.LONGEST_HTTP_CALL.plusSeconds(1);

  private static final JsonFactory JSON = new JsonFactory();

  private final Supplier<SdkHttpClient> http;
  private final Supplier<AwsCredentialsProvider> credentials;
  private final @Nullable URI endpoint;

  /**
   * Makes nothing yet: most invocations hide no message.
   *
   * @param endpoint in place of the one of the queue's region
   */
  SqsVisibility(
      Supplier<SdkHttpClient> http,
      Supplier<AwsCredentialsProvider> credentials,
      @Nullable URI endpoint) {
    this.http = http;
    this.credentials = credentials;
    this.endpoint = endpoint;
  }

  @Override
  public void extend(List<QueuedMessage> messages, Duration wait) {
    if (!Invocation.CURRENT.isBound()) {
      return;
    }
    Invocation invocation = Invocation.CURRENT.get();
    QueueName queue = QueueName.parse(invocation.queueArn());
    if (queue == null) {
      invocation.log().warn("visibility not changed: the event names no queue");
      return;
    }
    for (int from = 0; from < messages.size(); from += MOST_ENTRIES) {
      if (invocation.remainingMillis() < LEAST_TIME.toMillis()) {
        invocation.log().warn("visibility not changed: too little time left");
        return;
      }
      int to = Math.min(messages.size(), from + MOST_ENTRIES);
      String failure = change(queue, messages.subList(from, to), wait);
      if (failure != null) {
        // What stopped one request would stop the next one too.
        invocation.log().warn("visibility not changed: " + failure);
        return;
      }
    }
  }

  /** Null, or the kind of failure. */
  private @Nullable String change(QueueName queue, List<QueuedMessage> messages, Duration wait) {
    URI origin = endpoint == null ? queue.endpoint() : endpoint;
    try {
      byte[] body = body(queue.url(origin), messages, wait.toSeconds());
      HttpExecuteResponse response = http.get().prepareRequest(signed(origin, queue, body)).call();
      int status = response.httpResponse().statusCode();
      try (InputStream answer =
          response
              .responseBody()
              .map(InputStream.class::cast)
              .orElse(InputStream.nullInputStream())) {
        return status == 200 ? failedEntry(answer) : "status " + status;
      }
    } catch (IOException | SdkException e) {
      return e.getClass().getSimpleName();
    }
  }

  private HttpExecuteRequest signed(URI origin, QueueName queue, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(origin.resolve("/"))
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Integer.toString(body.length))
            .putHeader("X-Amz-Target", "AmazonSQS.ChangeMessageVisibilityBatch")
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(credentials.get().resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, queue.region()));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElseThrow())
        .build();
  }

  private static byte[] body(String queueUrl, List<QueuedMessage> messages, long seconds)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("QueueUrl", queueUrl);
      json.writeArrayFieldStart("Entries");
      for (int i = 0; i < messages.size(); i++) {
        String handle = messages.get(i).receiptHandle();
        if (handle != null) {
          json.writeStartObject();
          json.writeStringField("Id", Integer.toString(i));
          json.writeStringField("ReceiptHandle", handle);
          json.writeNumberField("VisibilityTimeout", seconds);
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  /** The error code of the first entry that failed, as {@code ReceiptHandleIsInvalid}. */
  private static @Nullable String failedEntry(InputStream answer) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      boolean inFailed = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("Failed")) {
          inFailed = true;
        } else if (token == JsonToken.END_ARRAY) {
          inFailed = false;
        } else if (inFailed && token == JsonToken.FIELD_NAME && json.currentName().equals("Code")) {
          return json.nextTextValue();
        }
      }
      return null;
    }
  }
}
