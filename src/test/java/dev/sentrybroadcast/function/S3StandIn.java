package dev.sentrybroadcast.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A look-alike of S3 on loopback: GetObject with versions, ranges and {@code If-Match}. In memory;
 * checks no signature.
 */
final class S3StandIn implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();

  /** Paths that were asked for, with their query, in order. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The {@code Range} of each request; "" for none. */
  final List<String> ranges = new CopyOnWriteArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(
      byte[] bytes, String etag, @Nullable Integer status, int cutAt, long claims) {}

  S3StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  S3Client client() {
    return TestClients.at(AwsClients.with(S3Client.builder()), endpoint()).build();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void put(String path, String content) {
    put(path, content.getBytes(UTF_8), "e1");
  }

  void put(String path, byte[] content, String etag) {
    objects.put(path, new Stored(content, etag, null, Integer.MAX_VALUE, content.length));
  }

  /** Answered with this status in place of the object. */
  void refuse(String path, int status) {
    objects.put(path, new Stored(new byte[0], "", status, 0, 0));
  }

  /** The connection is closed after so many bytes. */
  void cut(String path, byte[] content, int after) {
    objects.put(path, new Stored(content, "e1", null, after, content.length));
  }

  /** Its size is said to be this. */
  void claim(String path, long size) {
    objects.put(path, new Stored("{}".getBytes(UTF_8), "e1", null, 2, size));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    String query = exchange.getRequestURI().getRawQuery();
    String versioned = query == null ? path : path + "?" + query;
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(versioned);
    ranges.add(range == null ? "" : range);
    Stored stored = objects.get(versioned);
    String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
    try (exchange) {
      if (stored == null) {
        error(exchange, 404, "NoSuchKey");
      } else if (stored.status() != null) {
        error(exchange, stored.status(), "AccessDenied");
      } else if (ifMatch != null && !ifMatch.replace("\"", "").equals(stored.etag())) {
        error(exchange, 412, "PreconditionFailed");
      } else {
        send(exchange, stored, query, range);
      }
    }
  }

  private static void send(
      HttpExchange exchange, Stored stored, @Nullable String query, @Nullable String range)
      throws IOException {
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (range != null && from >= stored.bytes().length) {
      error(exchange, 416, "InvalidRange");
      return;
    }
    exchange.getResponseHeaders().set("ETag", "\"" + stored.etag() + "\"");
    exchange.getResponseHeaders().set("Last-Modified", "Fri, 20 Nov 2026 12:00:00 GMT");
    if (query != null) {
      exchange
          .getResponseHeaders()
          .set("x-amz-version-id", query.replaceFirst(".*versionId=([^&]*).*", "$1"));
    }
    long length = stored.claims() - from;
    exchange.sendResponseHeaders(range == null ? 200 : 206, length == 0 ? -1 : length);
    OutputStream out = exchange.getResponseBody();
    out.write(stored.bytes(), from, Math.min(stored.bytes().length, stored.cutAt()) - from);
    out.flush();
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        ("<Error><Code>" + code + "</Code><Message>secret words</Message></Error>").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
