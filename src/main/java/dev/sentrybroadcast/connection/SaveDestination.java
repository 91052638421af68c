package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.DestinationReader.Reading;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.WritableSecretStore;
import dev.sentrybroadcast.destination.WritableSecretStore.Promotion;
import dev.sentrybroadcast.destination.WritableSecretStore.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Saves a destination so that the current version of its secret is always one that passed its test,
 * also when another save runs at the same time or this one breaks off: it writes a pending version,
 * reads that back, tests it, and promotes it if the version that it was based on is still current.
 *
 * <p>The first version of a secret becomes current whatever stage is asked for (<a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html">PutSecretValue</a>),
 * so it is tested before it is written.
 */
final class SaveDestination {

  /** The fields that a request may set. */
  static final List<String> FIELDS =
      List.of(
          "endpoint",
          "dsn",
          "privacy_mode",
          "redaction",
          "issues",
          "sampling_rate",
          "api_keys",
          "filter",
          "keep",
          "producers",
          "enabled");

  private static final int SECRET_MAX_BYTES = 65_536;

  private final WritableSecretStore vault;
  private final String prefix;
  private final DestinationReader reader;
  private final ConnectionTest test;

  SaveDestination(
      WritableSecretStore vault, String prefix, DestinationReader reader, ConnectionTest test) {
    this.vault = vault;
    this.prefix = prefix;
    this.reader = reader;
    this.test = test;
  }

  /** Saves what was sent; fields that are not sent keep their current values. */
  HttpReply save(String name, JsonObject sent) {
    return new Save(name).save(sent);
  }

  /** One save in progress. */
  private final class Save {

    private final String name;
    private final String secretName;

    Save(String name) {
      this.name = name;
      secretName = prefix + name;
    }

    private HttpReply save(JsonObject sent) {
      return switch (vault.current(secretName)) {
        case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Secret.NotFound() -> saveFirst(sent);
        case Secret.Value(String text, String versionId) -> saveOver(sent, text, versionId);
      };
    }

    private HttpReply saveFirst(JsonObject sent) {
      String text = sent.json();
      HttpReply invalid = invalid(sent, text);
      if (invalid != null) {
        return invalid;
      }
      ConnectionReport report = test.run(Candidate.of(sent), false);
      if (!report.passed()) {
        return notSaved(report);
      }
      return switch (vault.create(secretName, text)) {
        case Written.Version _ -> saved(report);
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> fillFirst(text, report);
      };
    }

    /** The secret exists but had no value a moment ago: the template made it. */
    private HttpReply fillFirst(String text, ConnectionReport report) {
      return switch (vault.putPending(secretName, text)) {
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> overtaken();
        case Written.Version(String versionId) ->
            switch (vault.current(secretName)) {
              case Secret.Value(_, String current) when current.equals(versionId) -> saved(report);
              case Secret.Value _ -> overtaken(versionId);
              case Secret.NotFound() -> promoted(versionId, null, report);
              case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
            };
      };
    }

    private HttpReply saveOver(JsonObject sent, String currentText, String currentVersion) {
      JsonObject current = JsonObject.stored(currentText);
      if (!isDestination(currentText, current)) {
        return Problem.NOT_A_DESTINATION.reply("Save under another name, or delete the secret.");
      }
      if (current == null && !(sent.has("endpoint") && sent.has("dsn"))) {
        return notJson(currentText);
      }
      JsonObject merged = current == null ? sent : sent.over(current);
      for (String field : FIELDS) {
        if (merged.doubled().contains(field)) {
          return Problem.DESTINATION_NOT_VALID.reply(
              field, "it only once in the secret; send the one that counts");
        }
      }
      String text = merged.json();
      HttpReply invalid = invalid(merged, text);
      if (invalid != null) {
        return invalid;
      }
      if (reader.read(name, currentText) instanceof Reading.Valid valid
          && valid.equals(reader.read(name, text))) {
        ConnectionReport report = test.run(Candidate.of(merged), false);
        return report.passed()
            ? HttpReply.json(200, JsonBody.of(name, false, true, report))
            : notSaved(report);
      }
      return switch (vault.putPending(secretName, text)) {
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> overtaken();
        case Written.Version(String versionId) -> testWritten(versionId, currentVersion);
      };
    }

    /**
     * Whether the secret was made for a destination: it is empty, has a field of one, or is the
     * broken text of one. Another application's secret must not be overwritten.
     */
    private static boolean isDestination(String text, @Nullable JsonObject fields) {
      return fields == null
          ? text.contains("\"endpoint\"") || text.contains("\"dsn\"")
          : fields.values().isEmpty() || FIELDS.stream().anyMatch(fields.values()::containsKey);
    }

    /** Nothing of the current text can be kept, so it is replaced as a whole or not at all. */
    private HttpReply notJson(String text) {
      String expected =
          reader.read(name, text) instanceof Reading.Invalid(_, String said)
              ? said
              : "a JSON object";
      return Problem.DESTINATION_NOT_VALID.reply(
          null, "the secret to hold " + expected + "; an endpoint and a DSN replace it as a whole");
    }

    private HttpReply testWritten(String versionId, String currentVersion) {
      return switch (vault.version(secretName, versionId)) {
        case Secret.NotFound() -> overtaken();
        case Secret.Unavailable(String kind) -> {
          vault.dropPending(secretName, versionId);
          yield Problem.STORE_UNAVAILABLE.reply(kind);
        }
        case Secret.Value(String written, _) -> {
          ConnectionReport report = test.run(Candidate.of(JsonObject.stored(written)), false);
          if (report.passed()) {
            yield promoted(versionId, currentVersion, report);
          }
          vault.dropPending(secretName, versionId);
          yield notSaved(report);
        }
      };
    }

    private HttpReply promoted(
        String versionId, @Nullable String replaced, ConnectionReport report) {
      Promotion promotion = vault.promote(secretName, versionId, replaced);
      if (promotion instanceof Promotion.Done) {
        vault.dropPending(secretName, versionId);
        return saved(report);
      }
      // The answer may have been lost, or be that of a retry after a success.
      return switch (vault.current(secretName)) {
        case Secret.Value(_, String current) when current.equals(versionId) -> {
          vault.dropPending(secretName, versionId);
          yield saved(report);
        }
        case Secret.Value(_, String current) when current.equals(replaced) -> {
          vault.dropPending(secretName, versionId);
          yield Problem.STORE_UNAVAILABLE.reply(
              promotion instanceof Promotion.Unavailable(String kind) ? kind : "promotion refused");
        }
        case Secret.Value _, Secret.NotFound _ -> overtaken(versionId);
        case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      };
    }

    /** What can be said without a test; null when nothing is wrong. */
    private @Nullable HttpReply invalid(JsonObject document, String text) {
      ConnectionReport inspected = test.inspect(Candidate.of(document));
      if (!inspected.passed()) {
        return notSaved(inspected);
      }
      if (text.getBytes(StandardCharsets.UTF_8).length > SECRET_MAX_BYTES) {
        return Problem.DESTINATION_NOT_VALID.reply(
            null, "at most 64 KiB, the limit of a secret's value");
      }
      return reader.read(name, text) instanceof Reading.Invalid(String field, String expected)
          ? Problem.DESTINATION_NOT_VALID.reply(field, expected)
          : null;
    }

    private HttpReply saved(ConnectionReport report) {
      return HttpReply.json(200, JsonBody.of(name, true, false, report));
    }

    private HttpReply notSaved(ConnectionReport report) {
      return HttpReply.json(422, JsonBody.of(name, false, false, report));
    }

    private HttpReply overtaken(String versionId) {
      vault.dropPending(secretName, versionId);
      return overtaken();
    }

    private static HttpReply overtaken() {
      return Problem.OVERTAKEN.reply("Look at what is current now, and save again if need be.");
    }
  }
}
