package dev.sentrybroadcast.local;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Relay's judgement of a request: path, size, authorization, content type, then what is known of
 * the key's project.
 */
final class Relay {

  /** What is to be kept once a request is accepted. */
  interface Keeper {
    void traces(HttpRequest request, RelayPath path, String publicKey, byte[] body);

    void envelope(HttpRequest request, ReceivedEnvelope envelope);
  }

  private static final String REFUSED_PROJECT = "";

  private final Keeper keeper;
  private final Map<String, String> projectByKey = new ConcurrentHashMap<>();
  private final Map<String, Integer> probes = new ConcurrentHashMap<>();
  private volatile int coldProbes;
  private volatile int maxContainerBytes = 12 << 20;

  Relay(Keeper keeper) {
    this.keeper = keeper;
  }

  void allow(String publicKey, String project) {
    projectByKey.put(publicKey, project);
  }

  void refuse(String publicKey) {
    projectByKey.put(publicKey, REFUSED_PROJECT);
  }

  void coldFor(int probesOfANewKey) {
    coldProbes = probesOfANewKey;
  }

  void maxContainerBytes(int bytes) {
    maxContainerBytes = bytes;
  }

  RequestBody body(HttpRequest request) {
    return RequestBody.of(request, maxContainerBytes);
  }

  Reply.Answer judge(HttpRequest request) {
    RelayPath path = RelayPath.of(request.path());
    if (path.kind() == RelayPath.Kind.OTHER) {
      return RelayAnswers.nothing(404);
    }
    if (!request.method().equals("POST")) {
      return RelayAnswers.nothing(405);
    }
    return switch (body(request)) {
      case RequestBody.UnknownEncoding _ -> RelayAnswers.nothing(415);
      case RequestBody.Broken _ -> refused(request, 400, "failed to decompress the body");
      case RequestBody.TooLarge _ -> refused(request, 413, "length limit exceeded");
      case RequestBody.Whole(byte[] bytes) -> judge(request, path, bytes);
    };
  }

  private Reply.Answer judge(HttpRequest request, RelayPath path, byte[] body) {
    return switch (RelayAuth.of(request)) {
      case RelayAuth.Refused(int status, String message) -> refused(request, status, message);
      case RelayAuth.Key(String publicKey) -> judge(request, path, body, publicKey);
      case RelayAuth.Missing _ -> {
        String publicKey = path.kind() == RelayPath.Kind.ENVELOPE ? keyInEnvelope(body) : "";
        yield publicKey.isEmpty()
            ? refused(request, 401, "missing authorization information")
            : judge(request, path, body, publicKey);
      }
    };
  }

  private Reply.Answer judge(HttpRequest request, RelayPath path, byte[] body, String publicKey) {
    String project = projectByKey.get(publicKey);
    if (!path.hasNumericProject()) {
      return refused(request, 400, "bad event meta: invalid project id");
    }
    if (project == null && !isHex32(publicKey)) {
      return refused(request, 400, "bad event meta: bad sentry DSN public key");
    }
    if (path.kind() == RelayPath.Kind.TRACES && !RelayAnswers.isOtlp(request)) {
      return refused(request, 415, "unsupported content type: " + safeContentType(request));
    }
    boolean known = path.project().equals(project);
    if (!known && probes.merge(publicKey + "@" + path.project(), 1, Integer::sum) > coldProbes) {
      return refused(request, 403, "event submission rejected with_reason: ProjectId");
    }
    return switch (path.kind()) {
      case ENVELOPE -> envelope(request, path, body, publicKey, known);
      case TRACES, OTHER -> {
        if (known) {
          keeper.traces(request, path, publicKey, body);
        }
        yield RelayAnswers.accepted(request);
      }
    };
  }

  private Reply.Answer envelope(
      HttpRequest request, RelayPath path, byte[] body, String publicKey, boolean known) {
    try {
      ReceivedEnvelope envelope = ReceivedEnvelope.parse(body, path.project(), publicKey);
      if (known) {
        keeper.envelope(request, envelope);
      }
      return RelayAnswers.envelopeAccepted(
          envelope.header().field("event_id").map(id -> id.text()).orElse(""));
    } catch (IllegalArgumentException _) {
      return refused(request, 400, "bad event envelope");
    }
  }

  private static String keyInEnvelope(byte[] body) {
    try {
      return ReceivedEnvelope.parse(body, "", "")
          .header()
          .field("dsn")
          .map(dsn -> URI.create(dsn.text()).getUserInfo())
          .orElse("");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static String safeContentType(HttpRequest request) {
    String type = RelayAnswers.contentType(request);
    return type.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\') ? type : "?";
  }

  private static boolean isHex32(String key) {
    return key.length() == 32
        && key.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static Reply.Answer refused(HttpRequest request, int status, String message) {
    return RelayAnswers.refused(request, status, message, Map.of());
  }
}
