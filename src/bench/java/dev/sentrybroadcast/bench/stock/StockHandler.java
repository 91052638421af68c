package dev.sentrybroadcast.bench.stock;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Two spans per record, by the parts that each library's first page shows. */
public final class StockHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private static final int QUEUED_SPANS = 8_192;

  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private final SdkTracerProvider provider;
  private final StockSpans spans;

  /** Reads the destination's secret, as most functions do, while it is constructed. */
  public StockHandler() throws JsonProcessingException {
    JsonNode destination = json.readTree(secret());
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(destination.get("endpoint").asText())
            .addHeader(
                "x-sentry-auth",
                "sentry sentry_key=" + URI.create(destination.get("dsn").asText()).getUserInfo())
            .setCompression("gzip")
            .build();
    provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter).setMaxQueueSize(QUEUED_SPANS).build())
            .build();
    spans = new StockSpans(provider.get("stock"), json);
  }

  private static String secret() {
    try (SecretsManagerClient client =
        SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
      return client
          .getSecretValue(request -> request.secretId(System.getenv("STOCK_SECRET")))
          .secretString();
    }
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : event.getRecords()) {
      try {
        spans.add(json.readValue(message.getBody(), StockRecord.class));
      } catch (JsonProcessingException _) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    if (!provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()) {
      throw new IllegalStateException("not exported");
    }
    return new SQSBatchResponse(failures);
  }
}
