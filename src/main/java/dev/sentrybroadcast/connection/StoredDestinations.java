package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.DestinationVault;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import org.jspecify.annotations.Nullable;

/** Destinations as they are saved, read as the queue function reads them. */
final class StoredDestinations {

  private final DestinationVault vault;
  private final String prefix;
  private final DestinationReader reader;

  StoredDestinations(DestinationVault vault, String prefix, DestinationReader reader) {
    this.vault = vault;
    this.prefix = prefix;
    this.reader = reader;
  }

  /** What a call does with a destination that is usable. */
  @FunctionalInterface
  interface Usable {
    HttpReply answer(Destination destination, Candidate candidate);
  }

  /** What {@code then} answers, or what stands in its way. */
  HttpReply answer(String name, Usable then) {
    if (!CachedDestinations.isName(name)) {
      return Problem.notAName();
    }
    return switch (vault.current(prefix + name)) {
      case Secret.NotFound() -> Problem.NO_SUCH_DESTINATION.reply();
      case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      case Secret.Value(String text, _) -> {
        JsonObject fields = JsonObject.stored(text);
        yield switch (reader.read(name, text)) {
          case DestinationReader.Reading.Valid(Destination destination) ->
              then.answer(destination, Candidate.of(fields));
          case DestinationReader.Reading.Invalid(@Nullable String field, String expected) ->
              isEmpty(fields)
                  ? Problem.NO_SUCH_DESTINATION.reply("It has not been set yet.")
                  : Problem.DESTINATION_NOT_VALID.reply(field, expected);
        };
      }
    };
  }

  /** As the template makes a secret, and as somebody leaves it who has put only notes into it. */
  private static boolean isEmpty(@Nullable JsonObject fields) {
    return fields != null && !fields.has("endpoint") && !fields.has("dsn");
  }
}
