package dev.sentrybroadcast.local;

import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The destinations of a local run: their secrets, and whose key is whose. */
final class LocalDestinations {

  static final String SECRET_PREFIX = "sentry-broadcast/";
  static final String DEFAULT = "default";

  static final String LITELLM_KEY_SECRET = "litellm-key";

  /** The example key of docs/producers/litellm_sqs.py. */
  static final String LITELLM_KEY =
      """
      {"key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "aad": "sentry-broadcast example"}\
      """;

  private static final String PRIVATE = "private";
  private static final String OPEN_KEY = "0e5ec0de0e5ec0de0e5ec0de0e5ec0de";
  private static final String PRIVATE_KEY = "c105edc105edc105edc105edc105edc1";

  /** A key's owner; kept when the key is rotated away, for the spans that came with it. */
  private record Owner(String name, boolean privacyMode) {}

  private final LocalSecrets secrets;
  private final SentryStandIn sentry;
  private final LocalOptions.@Nullable RealSentry real;

  // Guarded by this.
  private final Map<String, Owner> owners = new LinkedHashMap<>();

  private LocalDestinations(
      LocalSecrets secrets, SentryStandIn sentry, LocalOptions.@Nullable RealSentry real) {
    this.secrets = secrets;
    this.sentry = sentry;
    this.real = real;
  }

  /**
   * Puts two destinations into the store. One of them is in privacy mode; for a real Sentry both
   * are, unless content was asked for.
   *
   * @param real where both lead; null for the stand-in
   */
  static LocalDestinations put(
      LocalSecrets secrets, SentryStandIn sentry, LocalOptions.@Nullable RealSentry real) {
    LocalDestinations destinations = new LocalDestinations(secrets, sentry, real);
    secrets.put(
        SECRET_PREFIX + DEFAULT,
        real == null ? sentry.destinationJson(OPEN_KEY, "1", false) : json(real, !real.withContent()));
    secrets.put(
        SECRET_PREFIX + PRIVATE,
        real == null ? sentry.destinationJson(PRIVATE_KEY, "2", true) : json(real, true));
    secrets.put(LITELLM_KEY_SECRET, LITELLM_KEY);
    return destinations;
  }

  /** Of those that have a value. */
  List<String> names() {
    return secrets.names().stream()
        .filter(name -> name.startsWith(SECRET_PREFIX))
        .map(name -> name.substring(SECRET_PREFIX.length()))
        // Not a destination's: a destination's name has a letter or digit first.
        .filter(name -> !name.startsWith("_"))
        .sorted()
        .toList();
  }

  /** The name of the destination that a span was sent to. */
  String nameOf(ReceivedSpan span) {
    return owner(span.publicKey()).name();
  }

  boolean isPrivate(ReceivedSpan span) {
    return owner(span.publicKey()).privacyMode();
  }

  /** What lets the function send here. */
  String allowedHosts() {
    return real == null ? sentry.origin() + ",*.sentry.io" : real.allowedHosts();
  }

  /** Makes a key that the stand-in takes for this project. */
  String newKey(String project) {
    byte[] bytes = new byte[16];
    ThreadLocalRandom.current().nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    sentry.allow(key, project);
    return key;
  }

  /** Puts a new key into the default destination's secret, and disables the old one at once. */
  synchronized void rotate() {
    JsonNode old = JsonNode.parser().parse(secrets.current(SECRET_PREFIX + DEFAULT));
    boolean privacyMode =
        old.field("privacy_mode").map(node -> !node.isBoolean() || node.asBoolean()).orElse(true);
    String oldKey = key(old);
    URI dsn = URI.create(old.field("dsn").map(JsonNode::text).orElse(""));
    String project = dsn.getPath().substring(1);
    secrets.put(
        SECRET_PREFIX + DEFAULT, sentry.destinationJson(newKey(project), project, privacyMode));
    sentry.refuse(oldKey);
  }

  /** The key in the default destination's secret, masked. */
  synchronized String maskedKey() {
    String key = key(JsonNode.parser().parse(secrets.current(SECRET_PREFIX + DEFAULT)));
    return key.substring(0, Math.min(4, key.length())) + "…";
  }

  int versions() {
    return secrets.versions(SECRET_PREFIX + DEFAULT);
  }

  private synchronized Owner owner(String publicKey) {
    for (String name : secrets.names()) {
      if (name.startsWith(SECRET_PREFIX)) {
        learn(name.substring(SECRET_PREFIX.length()), secrets.current(name));
      }
    }
    return owners.getOrDefault(publicKey, new Owner("?", true));
  }

  private void learn(String name, String json) {
    try {
      JsonNode secret = JsonNode.parser().parse(json);
      boolean open =
          secret
              .field("privacy_mode")
              .filter(JsonNode::isBoolean)
              .map(node -> !node.asBoolean())
              .orElse(false);
      owners.put(key(secret), new Owner(name, !open));
    } catch (RuntimeException _) {
      // Not a destination (yet): the function says so where it matters.
    }
  }

  private static String key(JsonNode secret) {
    return String.valueOf(
        URI.create(secret.field("dsn").map(JsonNode::text).orElse("")).getUserInfo());
  }

  private static String json(LocalOptions.RealSentry real, boolean privacyMode) {
    return """
    {"endpoint": "%s", "dsn": "%s", "privacy_mode": %s}\
    """
        .formatted(real.endpoint(), real.dsn(), privacyMode);
  }
}
