package dev.sentrybroadcast.destination;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may send to a destination. Where both lists are given, both must name the producer: SQS says
 * who the sender is, but the name of an API key stands in the record, which its producer writes.
 *
 * @param senderIds SQS's {@code SenderId}: of a user, or of a role with or without the session's
 *     name; null for all
 * @param apiKeys names of API keys; null for all
 */
record Producers(@Nullable Set<String> senderIds, @Nullable Set<String> apiKeys) {

  static final Producers ALL = new Producers(null, null);

  static Producers read(SecretValue producers) throws InvalidJsonException {
    producers.allowOnly("sender_ids", "api_keys");
    return new Producers(
        producers.get("sender_ids").names("SQS sender id"),
        producers.get("api_keys").names("API key's name"));
  }

  boolean allow(@Nullable String senderId, @Nullable String apiKeyName) {
    String role = senderId == null ? null : senderId.replaceFirst(":.*", "");
    return isListed(apiKeys, apiKeyName)
        && (isListed(senderIds, senderId) || isListed(senderIds, role));
  }

  private static boolean isListed(@Nullable Set<String> names, @Nullable String name) {
    return names == null || (name != null && names.contains(name));
  }
}
