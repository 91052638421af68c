package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.InvalidJsonException;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.destination.SecretStore;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.SecretValue;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads saved destinations as the queue function does. */
record StoredDestinations(SecretStore secrets, String prefix, DestinationReader reader) {

  /** What {@code then} answers for a usable destination, else why it is not usable. */
  HttpReply usable(String name, Function<Destination, HttpReply> then) {
    return read(name, fields -> then.apply(reader.read(name, fields)));
  }

  /** Shows a usable destination without a key; what has rules is shown as it is written. */
  HttpReply show(String name) {
    return read(name, fields -> HttpReply.json(200, shown(reader.read(name, fields), fields)));
  }

  private static Map<String, @Nullable Object> shown(Destination destination, SecretValue stored) {
    return Json.fields(
        "destination", destination.name(),
        "endpoint", destination.endpoint().toString(),
        "endpoint_host", destination.endpoint().getHost(),
        "project_id", destination.dsn().projectId(),
        "public_key", destination.dsn().maskedKey(),
        "privacy_mode", destination.privacyMode() == PrivacyMode.ON,
        "redaction", fields(destination.redaction()),
        "issues", destination.issues(),
        "sampling_rate", destination.rules().samplingRate(),
        "api_keys", stored.json("api_keys"),
        "filter", stored.json("filter"),
        "keep", stored.json("keep"),
        "producers", stored.json("producers"),
        "enabled", destination.rules().enabled(),
        "warnings", destination.warnings());
  }

  /** Says of the pseudonyms' key only whether there is one. */
  private static @Nullable Map<String, @Nullable Object> fields(Redaction redaction) {
    return redaction.isEmpty()
        ? null
        : Json.fields(
            "kinds", redaction.kinds().stream().map(Redaction.Kind::id).toList(),
            "patterns", redaction.patterns(),
            "pseudonym_key", redaction.pseudonymKey() != null);
  }

  /** The routes as they are saved now. */
  Lookup<Routes> routes() {
    return new CachedDestinations(
            secrets, prefix, reader, Duration.ZERO, () -> Instant.EPOCH, _ -> {})
        .routes();
  }

  /**
   * What {@code then} answers for the saved endpoint and DSN. They may be unusable, because the
   * checks say more about them than the reader; with any other fault it answers why the destination
   * is not usable.
   */
  HttpReply connection(String name, Function<Candidate, HttpReply> then) {
    return read(
        name,
        fields -> {
          Candidate candidate = Candidate.of(fields);
          try {
            reader.read(name, fields);
          } catch (InvalidJsonException e) {
            if (e.field == null || !List.of("endpoint", "dsn").contains(e.field)) {
              throw e;
            }
          }
          return then.apply(candidate);
        });
  }

  /** A use of the fields of a secret. */
  @FunctionalInterface
  private interface Use {
    HttpReply of(SecretValue fields) throws InvalidJsonException;
  }

  private HttpReply read(String name, Use use) {
    if (!CachedDestinations.isName(name)) {
      return Problem.notAName();
    }
    return switch (secrets.current(prefix + name)) {
      case Secret.NotFound() -> Problem.NO_SUCH_DESTINATION.reply();
      case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      case Secret.Value(String text, _) -> {
        try {
          SecretValue fields = DestinationReader.fields(text);
          // The template makes a secret without them.
          yield fields.has("endpoint") || fields.has("dsn")
              ? use.of(fields)
              : Problem.NO_SUCH_DESTINATION.reply("It has not been set yet.");
        } catch (InvalidJsonException e) {
          yield Problem.DESTINATION_NOT_VALID.reply(e.field, e.expected);
        }
      }
    };
  }
}
