package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.InvalidJsonException;
import dev.sentrybroadcast.destination.SecretValue;
import dev.sentrybroadcast.destination.WritableSecretStore;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers the calls of the HTTP function. */
public final class ConnectionApi {

  /** Stands in a log for an unknown call, whose path may hold anything. */
  public static final String ANOTHER = "another call";

  private static final String TEST = "/connection-test";
  private static final String PREVIEW = "/preview";
  private static final String DESTINATIONS = "/destinations/";

  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS");

  private static final Pattern JSON_TYPE =
      Pattern.compile("\\s*application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private final ConnectionSettings settings;
  private final StoredDestinations stored;
  private final ConnectionTest test;
  private final SaveDestination save;
  private final Preview preview;

  /** Touches no network yet. */
  public ConnectionApi(
      ConnectionSettings settings,
      WritableSecretStore vault,
      RecordDecoder decoder,
      GenerationSpans spans,
      ConnectionTest.World world) {
    DestinationReader reader = new DestinationReader(settings.allowedHosts());
    this.settings = settings;
    this.stored = new StoredDestinations(vault, settings.secretPrefix(), reader);
    this.test = new ConnectionTest(settings, world);
    this.save = new SaveDestination(vault, settings.secretPrefix(), reader, test);
    this.preview = new Preview(decoder, spans, settings.limits(), world.clock());
  }

  /** The method and path for a log, if they are those of a known call. */
  public static String name(HttpCall call) {
    String path = call.path();
    boolean known =
        path.equals(TEST)
            || path.equals(PREVIEW)
            || (path.startsWith(DESTINATIONS)
                && CachedDestinations.isName(path.substring(DESTINATIONS.length())));
    return known && METHODS.contains(call.method()) ? call.method() + " " + path : ANOTHER;
  }

  /** Answers a call; a mistake of the caller is answered, not thrown. */
  public HttpReply answer(HttpCall call) {
    return switch (call.path()) {
      case TEST -> post(call, this::test);
      case PREVIEW -> post(call, body -> preview(call, body));
      case String path when path.startsWith(DESTINATIONS) && !path.equals(DESTINATIONS) ->
          destination(call, path.substring(DESTINATIONS.length()));
      default ->
          Problem.NO_SUCH_CALL.reply(
              "The calls are POST /connection-test, PUT and GET /destinations/{name}, POST"
                  + " /preview.");
    };
  }

  private HttpReply destination(HttpCall call, String name) {
    return switch (call.method()) {
      case "GET" -> stored.show(name);
      case "PUT" ->
          CachedDestinations.isName(name)
              ? withBody(call, body -> save(name, body))
              : Problem.notAName();
      default -> Problem.methodNotAllowed("GET, PUT");
    };
  }

  /** A call that reads its body as text. */
  @FunctionalInterface
  private interface BodyCall {
    HttpReply answer(String body) throws InvalidJsonException;
  }

  private static HttpReply post(HttpCall call, BodyCall then) {
    return call.method().equals("POST") ? withBody(call, then) : Problem.methodNotAllowed("POST");
  }

  private static HttpReply withBody(HttpCall call, BodyCall then) {
    byte[] body = call.body();
    if (body == null) {
      return Problem.BODY_NOT_READABLE.reply(null, "the base64 that it is said to be");
    }
    if (body.length > HttpCall.MAX_BODY_BYTES) {
      return Problem.BODY_TOO_LARGE.reply("It may have 1 MiB.");
    }
    if (!isJson(call.contentType()) || !isPlain(call.contentEncoding())) {
      return Problem.MEDIA_TYPE_NOT_SUPPORTED.reply(
          "Send it with Content-Type: application/json, without Content-Encoding.");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return then.answer(text);
    } catch (CharacterCodingException _) {
      return Problem.BODY_NOT_READABLE.reply(null, "JSON in UTF-8");
    } catch (InvalidJsonException e) {
      return Problem.BODY_NOT_READABLE.reply(e.field, e.expected);
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null && JSON_TYPE.matcher(contentType).matches();
  }

  private static boolean isPlain(@Nullable String contentEncoding) {
    return contentEncoding == null
        || contentEncoding.isBlank()
        || contentEncoding.strip().equalsIgnoreCase("identity");
  }

  private HttpReply test(String body) throws InvalidJsonException {
    SecretValue request = SecretValue.sent(body);
    request.allowOnly("endpoint", "dsn", "destination", "send_sample");
    boolean sendSample = request.get("send_sample").flag(false);
    Candidate given = Candidate.of(request);
    SecretValue destination = request.get("destination");
    if (destination.isNull()) {
      return test(given, sendSample);
    }
    if (request.has("endpoint") || request.has("dsn")) {
      throw new InvalidJsonException(
          "destination", "either the name of a destination, or an endpoint and a DSN");
    }
    String name = Objects.requireNonNullElse(destination.text(), "");
    return stored.connection(name, candidate -> test(candidate, sendSample));
  }

  private HttpReply test(Candidate candidate, boolean sendSample) {
    ConnectionReport report = test.run(candidate, sendSample);
    return HttpReply.json(report.passed() ? 200 : 422, report.fields());
  }

  private HttpReply save(String name, String body) throws InvalidJsonException {
    SecretValue sent = SecretValue.sent(body);
    sent.allowOnly(SaveDestination.FIELDS.toArray(String[]::new));
    Candidate _ = Candidate.of(sent); // mistyped, it is a fault of the request
    return save.save(name, sent);
  }

  private HttpReply preview(HttpCall call, String body) {
    Map<String, String> query = call.query();
    boolean isSideBySide = "all".equals(query.get("modes"));
    String name = query.get("destination");
    if (name == null) {
      return preview.of(
          body,
          new Preview.Question(
              ContentRules.of(PrivacyMode.ON),
              isSideBySide ? modes(Redaction.NONE) : Map.of(),
              null));
    }
    return stored.usable(
        name,
        destination ->
            preview.of(
                body,
                new Preview.Question(
                    settings.forced().applied(destination.privacyMode(), destination.redaction()),
                    isSideBySide ? modes(destination.redaction()) : Map.of(),
                    new Decisions(
                        destination,
                        stored.routes(),
                        settings.defaultDestinations(),
                        query.get("sender_id")))));
  }

  /** All that can be done with content; a destination without redaction shows that of all kinds. */
  private static Map<String, ContentRules> modes(Redaction redaction) {
    Map<String, ContentRules> modes = new LinkedHashMap<>();
    modes.put("off", ContentRules.of(PrivacyMode.OFF));
    modes.put(
        "redacted",
        new ContentRules(PrivacyMode.OFF, redaction.isEmpty() ? Redaction.ALL : redaction));
    modes.put("on", ContentRules.of(PrivacyMode.ON));
    return modes;
  }
}
