package dev.sentrybroadcast.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's Runtime API: hands out events one at a time and collects what is answered.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final long FUNCTION_TIMEOUT_MILLIS = 30_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(16);
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(16);

  /**
   * What the function's process said.
   *
   * @param kind {@code response}, {@code error} or {@code init/error}
   */
  record Answer(String kind, String body) {}

  RuntimeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(RUNTIME, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Answer invoke(String event, Duration limit) throws InterruptedException {
    events.put(event);
    return answer(limit);
  }

  /** The next answer, such as that the function could not start. */
  Answer answer(Duration limit) throws InterruptedException {
    Answer answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new AssertionError("no answer of the function in " + limit);
    }
    return answer;
  }

  /** Closes streams, not exchanges: that would cut the connection the runtime client keeps. */
  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(RUNTIME.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("invocation/next")) {
      try {
        hand(exchange, events.take());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        exchange.close();
      }
      return;
    }
    String kind = path.equals("init/error") ? path : path.substring(path.lastIndexOf('/') + 1);
    exchange.sendResponseHeaders(202, -1);
    exchange.getResponseBody().close();
    answers.add(new Answer(kind, body));
  }

  private static void hand(HttpExchange exchange, String event) throws IOException {
    long deadline = System.currentTimeMillis() + FUNCTION_TIMEOUT_MILLIS;
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange
        .getResponseHeaders()
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:000000000000:function:broadcast");
    // The runtime client's native part dies of its absence.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
