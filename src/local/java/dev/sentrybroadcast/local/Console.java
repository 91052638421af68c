package dev.sentrybroadcast.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A page on loopback that shows a local run, and lets a person send, test and break things. */
final class Console implements AutoCloseable {

  /** Of a request: more than SQS takes, so that its own answer is seen. */
  private static final int MAX_BODY_BYTES = 2 << 20;

  private static final Map<String, String> PAGE_HEADERS =
      Map.of(
          // No request to another host, no code or style but the files beside the page, and no
          // text that becomes markup, whatever a record holds.
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff",
          "Cache-Control",
          "no-store");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConsoleGuard guard;
  private final ConsoleCalls calls;

  private Console(HttpServer server, ConsoleCalls calls) {
    this.server = server;
    this.guard = new ConsoleGuard(server.getAddress().getPort());
    this.calls = calls;
  }

  static Console start(int port, ConsoleCalls calls) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
      Console console = new Console(server, calls);
      server.setExecutor(console.threads);
      server.createContext("/", console::handle);
      server.start();
      return console;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " on loopback: " + e.getMessage(), e);
    }
  }

  /** {@code http://127.0.0.1:port/}. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      String refusal = guard.refusal(method, path, exchange.getRequestHeaders());
      send(
          exchange, refusal == null ? answer(exchange, method, path) : calls.problem(403, refusal));
    }
  }

  private Reply.Answer answer(HttpExchange exchange, String method, String path)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return calls.problem(413, "A request may have 2 MiB.");
    }
    try {
      if (path.startsWith("/api/")) {
        return enveloped(
            calls.answer(method, path, query(exchange.getRequestURI().getRawQuery()), body));
      }
      Reply.Answer file = ConsoleFiles.of(path);
      return file == null ? calls.problem(404, "There is no such page.") : file;
    } catch (RuntimeException e) {
      // The page shows it: a console that goes silent helps nobody. Never a record's text.
      return calls.problem(500, "The console failed: " + e.getClass().getSimpleName() + ".");
    }
  }

  /** The status inside: a browser reports one of 400 or more as an error of the page. */
  private static Reply.Answer enveloped(Reply.Answer answer) {
    return json(
        200,
        JsonOut.object(out -> {
          out.writeNumberField("status", answer.status());
          out.writeFieldName("answer");
          out.writeRawValue(new String(answer.body(), StandardCharsets.UTF_8));
        }));
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : (text == null ? "" : text).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpExchange exchange, Reply.Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    PAGE_HEADERS.forEach(headers::set);
    answer.headers().forEach(headers::set);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  static Reply.Answer json(int status, byte[] body) {
    return new Reply.Answer(status, Map.of("content-type", "application/json"), body);
  }
}
