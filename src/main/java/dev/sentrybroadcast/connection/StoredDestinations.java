package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.WritableSecretStore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Destinations as they are saved, read as the queue function reads them. */
final class StoredDestinations {

  private final WritableSecretStore vault;
  private final String prefix;
  private final DestinationReader reader;

  StoredDestinations(WritableSecretStore vault, String prefix, DestinationReader reader) {
    this.vault = vault;
    this.prefix = prefix;
    this.reader = reader;
  }

  /** What a call answers where a secret was read. */
  @FunctionalInterface
  private interface WhenRead {
    HttpReply answer(DestinationReader.Reading reading, @Nullable JsonObject fields);
  }

  /** What {@code then} answers of a destination that is usable, or what stands in its way. */
  HttpReply usable(String name, Function<Destination, HttpReply> then) {
    return read(
        name,
        (reading, fields) ->
            switch (reading) {
              case DestinationReader.Reading.Valid(Destination destination) ->
                  then.apply(destination);
              case DestinationReader.Reading.Invalid invalid -> refused(invalid, fields);
            });
  }

  /**
   * What {@code then} answers of an endpoint and a DSN as they are saved, or what stands in its
   * way: a secret that could not serve even with others.
   */
  HttpReply connection(String name, Function<Candidate, HttpReply> then) {
    return read(
        name,
        (reading, fields) ->
            reading instanceof DestinationReader.Reading.Invalid invalid
                    && !(fields != null && isOfTheConnection(invalid.field(), fields))
                ? refused(invalid, fields)
                : then.apply(Candidate.of(fields)));
  }

  private HttpReply read(String name, WhenRead then) {
    if (!CachedDestinations.isName(name)) {
      return Problem.notAName();
    }
    return switch (vault.current(prefix + name)) {
      case Secret.NotFound() -> Problem.NO_SUCH_DESTINATION.reply();
      case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      case Secret.Value(String text, _) ->
          then.answer(reader.read(name, text), JsonObject.stored(text));
    };
  }

  private static HttpReply refused(
      DestinationReader.Reading.Invalid invalid, @Nullable JsonObject fields) {
    return isEmpty(fields)
        ? Problem.NO_SUCH_DESTINATION.reply("It has not been set yet.")
        : Problem.DESTINATION_NOT_VALID.reply(invalid.field(), invalid.expected());
  }

  /** Is it a text of the connection that is wrong? Then the checks say more than the reader. */
  private static boolean isOfTheConnection(@Nullable String field, JsonObject fields) {
    return field != null
        && (field.equals("endpoint") || field.equals("dsn"))
        && !isEmpty(fields)
        && !fields.isDoubled(field)
        && (fields.text(field) != null || !fields.has(field));
  }

  /** As the template makes a secret, and as somebody leaves it who has put only notes into it. */
  private static boolean isEmpty(@Nullable JsonObject fields) {
    return fields != null && !fields.has("endpoint") && !fields.has("dsn");
  }
}
