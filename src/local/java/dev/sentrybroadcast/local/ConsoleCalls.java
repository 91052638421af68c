package dev.sentrybroadcast.local;

import dev.sentrybroadcast.function.ConnectionFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The calls of the console's page. */
final class ConsoleCalls {

  /** A store of its own for the preview with content: no record can name it. */
  private static final String PREVIEW_PREFIX = "console/";

  private static final String PREVIEW_DESTINATION = "with-content";
  private static final String MESSAGES = "/api/messages/";
  private static final String PROJECT = "3";
  private static final String WRONG_KEY = "00000000000000000000000000000bad";

  private final LocalParts parts;
  private final ConsoleState state;
  private final @Nullable Faults faults;
  private final ConnectionCalls connections;
  private final ConnectionCalls previews;
  private @Nullable String connectionKey;

  ConsoleCalls(
      LocalParts parts,
      ConsoleState state,
      @Nullable Faults faults,
      ConnectionCalls connections,
      ConnectionCalls previews) {
    this.parts = parts;
    this.state = state;
    this.faults = faults;
    this.connections = connections;
    this.previews = previews;
  }

  /** Handlers of the real HTTP function for these variables; made when they are first needed. */
  static ConsoleCalls of(
      LocalParts parts,
      ConsoleState state,
      @Nullable Faults faults,
      LocalSecrets secrets,
      Map<String, String> environment,
      Consumer<String> log) {
    secrets.put(
        PREVIEW_PREFIX + PREVIEW_DESTINATION,
        parts.sentry().destinationJson(WRONG_KEY.replace("bad", "0ff"), "4", false));
    Map<String, String> previewing = new HashMap<>(environment);
    previewing.put("DESTINATION_SECRET_PREFIX", PREVIEW_PREFIX);
    previewing.put("ALLOWED_ENDPOINT_HOSTS", parts.sentry().origin());
    return new ConsoleCalls(
        parts,
        state,
        faults,
        new ConnectionCalls(
            () -> new ConnectionFunction(environment, secrets::client, Thread::sleep), log),
        new ConnectionCalls(
            () -> new ConnectionFunction(Map.copyOf(previewing), secrets::client, Thread::sleep),
            log));
  }

  Reply.Answer answer(String method, String path, Map<String, String> query, byte[] body) {
    return switch (method + " " + path) {
      case "GET /api/state" ->
          Console.json(
              200,
              state.json(
                  number(query.getOrDefault("from", "0"), 0),
                  number(query.getOrDefault("notes", "0"), 0),
                  query.getOrDefault("run", "")));
      case "GET /api/samples" -> samples();
      case "GET /api/connection" -> connection();
      case "POST /api/messages" -> send(body, query.getOrDefault("label", "the console"));
      case "POST /api/preview" -> preview(body);
      case "POST /api/decisions" ->
          connections.call(
              "POST",
              "/preview",
              Map.of("destination", query.getOrDefault("destination", "default")),
              body);
      case "POST /api/connection-test" ->
          connections.call("POST", "/connection-test", Map.of(), body);
      case "POST /api/fault" -> fault(body);
      case "POST /api/rotate" -> rotate();
      case "POST /api/redrive" -> redrive();
      default ->
          path.startsWith("/api/destinations/")
              ? connections.call(method, path.substring("/api".length()), Map.of(), body)
              : method.equals("GET") && path.startsWith(MESSAGES)
                  ? message(path.substring(MESSAGES.length()))
                  : problem(404, "There is no such call.");
    };
  }

  private Reply.Answer message(String id) {
    byte[] message = state.message(id);
    return message == null
        ? problem(404, "This run has not received such a message, or forgot it.")
        : Console.json(200, message);
  }

  /** By the HTTP function, which is not told of the destinations that a record can name. */
  private Reply.Answer preview(byte[] body) {
    Reply.Answer answer =
        previews.call(
            "POST", "/preview", Map.of("destination", PREVIEW_DESTINATION, "modes", "all"), body);
    if (answer.status() != 200) {
      return answer;
    }
    List<String> unknown =
        new ArrayList<>(
            parts
                .readings()
                .read("preview", new String(body, StandardCharsets.UTF_8))
                .destinations());
    unknown.removeAll(parts.destinations().names());
    String json = new String(answer.body(), StandardCharsets.UTF_8);
    return Console.json(
        200,
        JsonOut.object(out -> {
          out.writeFieldName("otlp");
          out.writeRawValue(json);
          out.writeArrayFieldStart("unknown_destinations");
          for (String name : unknown) {
            out.writeString(name);
          }
          out.writeEndArray();
        }));
  }

  Reply.Answer problem(int status, String sentence) {
    return Console.json(status, JsonOut.object(out -> out.writeStringField("title", sentence)));
  }

  private static Reply.Answer samples() {
    List<Sample> samples = Sample.all();
    return Console.json(
        200,
        JsonOut.object(out -> {
          out.writeArrayFieldStart("samples");
          for (Sample sample : samples) {
            out.writeStartObject();
            out.writeStringField("file", sample.file());
            out.writeStringField("body", sample.body());
            out.writeEndObject();
          }
          out.writeEndArray();
        }));
  }

  /** What the form can be filled with: values that pass, and a key that is refused. */
  private synchronized Reply.Answer connection() {
    if (connectionKey == null) {
      connectionKey = parts.destinations().newKey(PROJECT);
    }
    String key = connectionKey;
    return Console.json(
        200,
        JsonOut.object(out -> {
          out.writeStringField("endpoint", parts.sentry().tracesEndpoint(PROJECT).toString());
          out.writeStringField("dsn", parts.sentry().dsn(key, PROJECT));
          out.writeStringField("refused_dsn", parts.sentry().dsn(WRONG_KEY, PROJECT));
        }));
  }

  private Reply.Answer send(byte[] body, String label) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return problem(400, "There is nothing to send.");
    }
    try {
      String id = parts.queue().send(text);
      parts.fates().sent(id, Ink.line(label, 60));
      return Console.json(200, JsonOut.object(out -> out.writeStringField("message_id", id)));
    } catch (SdkException _) {
      // Its message quotes the request.
      return problem(400, "The queue does not take it: at most 1 MiB, and no control characters.");
    }
  }

  private Reply.Answer fault(byte[] body) {
    if (faults == null) {
      return problem(409, "The spans go to a real Sentry, which this console cannot break.");
    }
    String kind;
    int seconds;
    try {
      JsonNode wanted = JsonNode.parser().parse(body);
      kind = wanted.field("kind").map(JsonNode::text).orElse("");
      seconds = number(wanted.field("retry_after").map(JsonNode::text).orElse(""), 10);
    } catch (RuntimeException _) {
      return problem(400, "It is not JSON.");
    }
    Faults.Kind known = Faults.Kind.of(kind);
    if (known == null) {
      return problem(400, "There is no such fault.");
    }
    faults.set(known, seconds);
    return done();
  }

  private Reply.Answer rotate() {
    if (faults == null) {
      return problem(409, "The spans go to a real Sentry, whose keys this console cannot make.");
    }
    parts.destinations().rotate();
    return done();
  }

  private Reply.Answer redrive() {
    parts.queue().redrive().forEach(parts.fates()::redriven);
    return done();
  }

  private Reply.Answer done() {
    return Console.json(200, JsonOut.object(out -> out.writeBooleanField("done", true)));
  }

  private static int number(String text, int fallback) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return fallback;
    }
  }
}
