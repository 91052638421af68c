package dev.sentrybroadcast.local;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sentry's door on loopback: answers as its Relay does, keeps what it accepted, and fails on
 * demand.
 *
 * <p>A key is 32 hex digits, as Sentry's are; a shorter one that was never allowed is malformed
 * (400), not unknown (403).
 *
 * @see <a
 *     href="https://github.com/getsentry/relay">relay-server/src/endpoints/integrations/otlp.rs</a>
 */
public final class SentryStandIn implements AutoCloseable {

  private static final Reply AS_RELAY = new Reply.AsRelay();

  private final LoopbackServer server;
  private final Changes changes = new Changes();
  private final Relay relay = new Relay(new Kept());
  private final ConcurrentLinkedQueue<Reply> next = new ConcurrentLinkedQueue<>();
  private volatile Function<ReceivedRequest, Reply> script = _ -> AS_RELAY;

  // Guarded by changes.
  private int attempts;
  private int malformedPayloads;
  private final List<ReceivedRequest> requests = new ArrayList<>();
  private final List<ReceivedSpan> spans = new ArrayList<>();
  private final List<ReceivedEnvelope> envelopes = new ArrayList<>();

  private SentryStandIn(int port) {
    server = new LoopbackServer(port, new Door());
  }

  /** Started on a free port. */
  public static SentryStandIn start() {
    return start(0);
  }

  public static SentryStandIn start(int port) {
    SentryStandIn sentry = new SentryStandIn(port);
    sentry.server.start();
    return sentry;
  }

  /** Listens again after {@link #stop}, on the same port. */
  public void restart() {
    server.start();
  }

  /** Connections are refused, open ones dropped; what was kept stays. */
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
  }

  public int port() {
    return server.port();
  }

  /** {@code http://127.0.0.1:port}. */
  public String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  public URI tracesEndpoint(String project) {
    return URI.create(origin() + "/api/" + project + "/integration/otlp/v1/traces");
  }

  public String dsn(String publicKey, String project) {
    return "http://" + publicKey + "@127.0.0.1:" + server.port() + "/" + project;
  }

  /** The value of a destination's secret for this key; the key is allowed from now on. */
  public String destinationJson(String publicKey, String project, boolean privacyMode) {
    allow(publicKey, project);
    return """
    {"endpoint": "%s", "dsn": "%s", "privacy_mode": %s}\
    """
        .formatted(tracesEndpoint(project), dsn(publicKey, project), privacyMode);
  }

  public void allow(String publicKey, String project) {
    relay.allow(publicKey, project);
  }

  /** From now on the key is disabled, as after a rotation. */
  public void refuse(String publicKey) {
    relay.refuse(publicKey);
  }

  /**
   * A cold cache: the first that many requests with an unknown or refused key are answered 200 (and
   * dropped), because Relay does not know the key's project yet.
   */
  public void coldFor(int probesOfANewKey) {
    relay.coldFor(probesOfANewKey);
  }

  /** Relay's {@code limits.max_container_size}; 12 MiB unless set. */
  public void maxContainerBytes(int bytes) {
    relay.maxContainerBytes(bytes);
  }

  /** The next requests get these, one each; after them the script decides again. */
  public void replyNext(Reply... replies) {
    next.addAll(List.of(replies));
  }

  /** Decides for each request; {@link Reply#asRelay} for the usual judgement. */
  public void replyBy(Function<ReceivedRequest, Reply> script) {
    this.script = script;
  }

  /** No more faults. */
  public void replyAsRelay() {
    next.clear();
    script = _ -> AS_RELAY;
  }

  /** All requests that reached the door, refused ones and faults included. */
  public int attempts() {
    synchronized (changes) {
      return attempts;
    }
  }

  /** Payloads that were answered 200 and could not be read: Relay rejects them out of sight. */
  public int malformedPayloads() {
    synchronized (changes) {
      return malformedPayloads;
    }
  }

  public List<ReceivedRequest> requests() {
    synchronized (changes) {
      return List.copyOf(requests);
    }
  }

  public List<ReceivedSpan> spans() {
    synchronized (changes) {
      return List.copyOf(spans);
    }
  }

  public List<ReceivedEnvelope> envelopes() {
    synchronized (changes) {
      return List.copyOf(envelopes);
    }
  }

  /** Forgets what was received; keys and faults stay. */
  public void forget() {
    synchronized (changes) {
      attempts = 0;
      malformedPayloads = 0;
      requests.clear();
      spans.clear();
      envelopes.clear();
    }
  }

  public void awaitSpans(int count, Duration limit) {
    awaitSpans(count + " spans", limit, received -> received.size() >= count);
  }

  public void awaitSpans(String what, Duration limit, Predicate<List<ReceivedSpan>> enough) {
    changes.await(
        what, limit, () -> enough.test(List.copyOf(spans)), () -> spans.size() + " spans");
  }

  public void awaitAttempts(int count, Duration limit) {
    changes.await(
        count + " requests", limit, () -> attempts >= count, () -> attempts + " requests");
  }

  public void awaitEnvelopes(int count, Duration limit) {
    changes.await(
        count + " envelopes",
        limit,
        () -> envelopes.size() >= count,
        () -> envelopes.size() + " envelopes");
  }

  private static ReceivedRequest received(
      HttpRequest request,
      RelayPath path,
      String publicKey,
      byte[] body,
      List<ReceivedSpan> spans) {
    return new ReceivedRequest(
        request.path(),
        request.headers(),
        request.body().length,
        body,
        path.project(),
        publicKey,
        spans);
  }

  /** Null for what cannot be read. */
  private static @Nullable List<ReceivedSpan> spans(
      HttpRequest request, RelayPath path, String publicKey, byte[] body) {
    if (path.kind() != RelayPath.Kind.TRACES || !RelayAnswers.isProtobuf(request)) {
      return List.of();
    }
    try {
      return ReceivedSpan.decode(
          ExportTraceServiceRequest.parseFrom(body), path.project(), publicKey);
    } catch (InvalidProtocolBufferException _) {
      return null;
    }
  }

  /** Asks the scripted replies first, then Relay. */
  private final class Door implements LoopbackServer.Judge {

    @Override
    public Reply judge(HttpRequest request) {
      if (request.method().equals("HEAD")) {
        // It opens a connection, and sends nothing.
        return Reply.answer(405, "");
      }
      synchronized (changes) {
        attempts++;
        changes.announce();
      }
      Reply reply = next.poll();
      if (reply != null) {
        return reply;
      }
      RelayPath path = RelayPath.of(request.path());
      byte[] body =
          relay.body(request) instanceof RequestBody.Whole(byte[] bytes) ? bytes : new byte[0];
      List<ReceivedSpan> spans = spans(request, path, "", body);
      return script.apply(received(request, path, "", body, spans == null ? List.of() : spans));
    }

    @Override
    public Reply.Answer answer(Reply reply, HttpRequest request) {
      return switch (reply) {
        case Reply.Answer answer -> answer;
        case Reply.Refusal refusal -> RelayAnswers.refused(request, refusal);
        default -> relay.judge(request);
      };
    }
  }

  /** Keeps what Relay accepted. */
  private final class Kept implements Relay.Keeper {

    @Override
    public void traces(HttpRequest request, RelayPath path, String publicKey, byte[] body) {
      List<ReceivedSpan> read = spans(request, path, publicKey, body);
      synchronized (changes) {
        malformedPayloads += read == null ? 1 : 0;
        List<ReceivedSpan> kept = read == null ? List.of() : read;
        requests.add(received(request, path, publicKey, body, kept));
        spans.addAll(kept);
        changes.announce();
      }
    }

    @Override
    public void envelope(HttpRequest request, ReceivedEnvelope envelope) {
      synchronized (changes) {
        RelayPath path = new RelayPath(RelayPath.Kind.ENVELOPE, envelope.project());
        requests.add(received(request, path, envelope.publicKey(), envelope.raw(), List.of()));
        envelopes.add(envelope);
        changes.announce();
      }
    }
  }
}
