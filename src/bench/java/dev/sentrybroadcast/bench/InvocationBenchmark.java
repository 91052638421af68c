package dev.sentrybroadcast.bench;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.net.httpserver.HttpServer;
import dev.sentrybroadcast.function.BroadcastFunction;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.LocalContext;
import dev.sentrybroadcast.local.LocalSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole invocation: a batch in, its spans at a sink on loopback that reads and drops them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx435m", "--enable-native-access=ALL-UNNAMED"})
public class InvocationBenchmark {

  private static final String KEY = "a".repeat(32);

  /** Records, and characters of each. */
  @Param({"1000x1000", "100x5000", "60x90000", "6x800000"})
  public String batch = "";

  @Param({"false", "true"})
  public boolean privacy;

  private final SQSEvent event = new SQSEvent();
  private final LocalSecrets secrets = LocalSecrets.start();
  private final HttpServer sink;
  private final BroadcastFunction function;

  /** Starts what the function calls. */
  public InvocationBenchmark() {
    try {
      sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("no loopback", e);
    }
    sink.createContext(
        "/",
        exchange -> {
          try (InputStream in = exchange.getRequestBody()) {
            in.transferTo(OutputStream.nullOutputStream());
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    sink.start();
    function =
        new BroadcastFunction(
            Map.of(
                "DESTINATION_SECRET_PREFIX", "bench/",
                "ALLOWED_ENDPOINT_HOSTS", "http://127.0.0.1:" + sink.getAddress().getPort(),
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local"));
  }

  /** Puts the secret and the batch in place. */
  @Setup
  public void prepare() {
    int port = sink.getAddress().getPort();
    secrets.put(
        "bench/default",
        """
        {"endpoint": "http://127.0.0.1:%d/api/1/integration/otlp/v1/traces",
         "dsn": "http://%s@127.0.0.1:%d/1", "privacy_mode": %b}
        """
            .formatted(port, KEY, port, privacy));
    int x = batch.indexOf('x');
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (QueuedMessage queued :
        Records.messages(
            Integer.parseInt(batch.substring(0, x)), Integer.parseInt(batch.substring(x + 1)))) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId(queued.messageId());
      message.setBody(queued.body());
      message.setAttributes(Map.of("SentTimestamp", "1767225600000"));
      messages.add(message);
    }
    event.setRecords(messages);
  }

  /** Stops them. */
  @TearDown
  public void stop() {
    sink.stop(0);
    secrets.close();
  }

  /** One batch. */
  @Benchmark
  public SQSBatchResponse invocation() {
    SQSBatchResponse response =
        function.handleRequest(event, new LocalContext(Duration.ofSeconds(30), _ -> {}));
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("a record was returned");
    }
    return response;
  }
}
