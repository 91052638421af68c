package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.DestinationReader.Reading;
import dev.sentrybroadcast.destination.Destinations.RoutesLookup;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.WritableSecretStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads saved destinations as the queue function does. */
final class StoredDestinations {

  private final WritableSecretStore vault;
  private final String prefix;
  private final DestinationReader reader;

  StoredDestinations(WritableSecretStore vault, String prefix, DestinationReader reader) {
    this.vault = vault;
    this.prefix = prefix;
    this.reader = reader;
  }

  /** What {@code then} answers for a usable destination, else why it is not usable. */
  HttpReply usable(String name, BiFunction<Destination, JsonObject, HttpReply> then) {
    return read(
        name,
        (reading, fields) ->
            switch (reading) {
              case Reading.Valid(Destination destination) ->
                  then.apply(destination, fields.orElseThrow());
              case Reading.Invalid invalid -> refused(invalid, fields);
            });
  }

  /** The routes as they are saved now. */
  RoutesLookup routes() {
    return new CachedDestinations(
            vault, prefix, reader, Duration.ZERO, () -> Instant.EPOCH, _ -> {})
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
        (reading, fields) ->
            reading instanceof Reading.Invalid invalid
                    && !(fields.isPresent() && isCheckable(invalid.field(), fields.get()))
                ? refused(invalid, fields)
                : then.apply(Candidate.of(fields.orElse(null))));
  }

  private HttpReply read(String name, BiFunction<Reading, Optional<JsonObject>, HttpReply> then) {
    if (!CachedDestinations.isName(name)) {
      return Problem.notAName();
    }
    return switch (vault.current(prefix + name)) {
      case Secret.NotFound() -> Problem.NO_SUCH_DESTINATION.reply();
      case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      case Secret.Value(String text, _) ->
          then.apply(reader.read(name, text), Optional.ofNullable(JsonObject.stored(text)));
    };
  }

  private static HttpReply refused(Reading.Invalid invalid, Optional<JsonObject> fields) {
    return fields.filter(StoredDestinations::isUnset).isPresent()
        ? Problem.NO_SUCH_DESTINATION.reply("It has not been set yet.")
        : Problem.DESTINATION_NOT_VALID.reply(invalid.field(), invalid.expected());
  }

  /** Whether the field at fault is a text of the connection. */
  private static boolean isCheckable(@Nullable String field, JsonObject fields) {
    return field != null
        && (field.equals("endpoint") || field.equals("dsn"))
        && !isUnset(fields)
        && !fields.doubled().contains(field)
        && (fields.text(field) != null || !fields.has(field));
  }

  /** As the template makes a secret. */
  private static boolean isUnset(JsonObject fields) {
    return !fields.has("endpoint") && !fields.has("dsn");
  }
}
