package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.WritableSecretStore;
import dev.sentrybroadcast.destination.WritableSecretStore.Promotion;
import dev.sentrybroadcast.destination.WritableSecretStore.Written;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Saves a destination so that what is current is always one that passed its test, whoever else
 * saves and wherever it breaks off: write as pending, read that back and test it, promote it if
 * what it was based on is still current.
 *
 * <p>The first version of a secret becomes current whatever stage is asked for (<a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html">PutSecretValue</a>):
 * it is tested before it is written.
 */
final class SaveDestination {

  /** What a request may set. */
  static final List<String> FIELDS =
      List.of("endpoint", "dsn", "privacy_mode", "issues", "sampling_rate", "api_keys", "enabled");

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

  /** What came of it. */
  sealed interface Outcome {

    record Saved(ConnectionReport report) implements Outcome {}

    /** It passed, and is what is current already. */
    record Unchanged(ConnectionReport report) implements Outcome {}

    /** It did not pass; what was current still is. */
    record NotPassed(ConnectionReport report) implements Outcome {}

    /** Not a destination that the queue function could use; nothing was tested or written. */
    record Invalid(@Nullable String field, String expected) implements Outcome {}

    /** Somebody else saved in the meantime; theirs is current. */
    record Overtaken() implements Outcome {}

    /** The store did not do as asked. */
    record Unavailable(String kind) implements Outcome {}
  }

  /** Fields that {@code sent} does not have keep the values they have now. */
  Outcome save(String name, JsonObject sent) {
    String secretName = prefix + name;
    return switch (vault.current(secretName)) {
      case Secret.Unavailable(String kind) -> new Outcome.Unavailable(kind);
      case Secret.NotFound() -> saveFirst(name, secretName, sent);
      case Secret.Value(String text, String versionId) ->
          saveOver(name, secretName, sent, text, versionId);
    };
  }

  private Outcome saveFirst(String name, String secretName, JsonObject sent) {
    String text = sent.json();
    Outcome invalid = invalid(name, sent, text);
    if (invalid != null) {
      return invalid;
    }
    ConnectionReport report = test.run(Candidate.of(sent), false);
    if (!report.passed()) {
      return new Outcome.NotPassed(report);
    }
    return switch (vault.create(secretName, text)) {
      case Written.Version _ -> new Outcome.Saved(report);
      case Written.Unavailable(String kind) -> new Outcome.Unavailable(kind);
      case Written.Exists() -> fillFirst(secretName, text, report);
    };
  }

  /** The secret is there, with no value a moment ago: it was made by the template. */
  private Outcome fillFirst(String secretName, String text, ConnectionReport report) {
    return switch (vault.putPending(secretName, text)) {
      case Written.Version(String versionId) ->
          switch (vault.current(secretName)) {
            case Secret.Value(_, String current) when current.equals(versionId) ->
                new Outcome.Saved(report);
            case Secret.Value _ -> overtaken(secretName, versionId);
            case Secret.NotFound() -> promoted(secretName, versionId, null, report);
            case Secret.Unavailable(String kind) -> new Outcome.Unavailable(kind);
          };
      case Written.Unavailable(String kind) -> new Outcome.Unavailable(kind);
      case Written.Exists() -> new Outcome.Overtaken();
    };
  }

  private Outcome saveOver(
      String name, String secretName, JsonObject sent, String currentText, String currentVersion) {
    JsonObject current = JsonObject.stored(currentText);
    if (current == null && !(sent.has("endpoint") && sent.has("dsn"))) {
      return notJson(name, currentText);
    }
    JsonObject merged = current == null ? sent : sent.over(current);
    for (String field : FIELDS) {
      if (merged.isDoubled(field)) {
        return new Outcome.Invalid(field, "it only once in the secret; send the one that counts");
      }
    }
    String text = merged.json();
    Outcome invalid = invalid(name, merged, text);
    if (invalid != null) {
      return invalid;
    }
    if (sameDestination(name, currentText, text)) {
      ConnectionReport report = test.run(Candidate.of(merged), false);
      return report.passed() ? new Outcome.Unchanged(report) : new Outcome.NotPassed(report);
    }
    return switch (vault.putPending(secretName, text)) {
      case Written.Unavailable(String kind) -> new Outcome.Unavailable(kind);
      case Written.Exists() -> new Outcome.Overtaken();
      case Written.Version(String versionId) -> testWritten(secretName, versionId, currentVersion);
    };
  }

  /** Nothing of it can be kept: it is replaced as a whole, or not at all. */
  private Outcome notJson(String name, String text) {
    String expected =
        reader.read(name, text) instanceof DestinationReader.Reading.Invalid(_, String said)
            ? said
            : "a JSON object";
    return new Outcome.Invalid(
        null, "the secret to hold " + expected + "; an endpoint and a DSN replace it as a whole");
  }

  private Outcome testWritten(String secretName, String versionId, String currentVersion) {
    ConnectionReport report;
    switch (vault.version(secretName, versionId)) {
      case Secret.Value(String written, _) ->
          report = test.run(Candidate.of(JsonObject.stored(written)), false);
      case Secret.NotFound() -> {
        return new Outcome.Overtaken();
      }
      case Secret.Unavailable(String kind) -> {
        vault.dropPending(secretName, versionId);
        return new Outcome.Unavailable(kind);
      }
    }
    if (!report.passed()) {
      vault.dropPending(secretName, versionId);
      return new Outcome.NotPassed(report);
    }
    return promoted(secretName, versionId, currentVersion, report);
  }

  private Outcome promoted(
      String secretName, String versionId, @Nullable String replaced, ConnectionReport report) {
    Promotion promotion = vault.promote(secretName, versionId, replaced);
    if (promotion instanceof Promotion.Done) {
      vault.dropPending(secretName, versionId);
      return new Outcome.Saved(report);
    }
    // The answer may have been lost, or tell of a retry that came after a success.
    return switch (vault.current(secretName)) {
      case Secret.Value(_, String current) when current.equals(versionId) -> {
        vault.dropPending(secretName, versionId);
        yield new Outcome.Saved(report);
      }
      case Secret.Value(_, String current) when current.equals(replaced) -> {
        vault.dropPending(secretName, versionId);
        yield new Outcome.Unavailable(
            promotion instanceof Promotion.Unavailable(String kind) ? kind : "promotion refused");
      }
      case Secret.Value _, Secret.NotFound _ -> overtaken(secretName, versionId);
      case Secret.Unavailable(String kind) -> new Outcome.Unavailable(kind);
    };
  }

  private Outcome overtaken(String secretName, String versionId) {
    vault.dropPending(secretName, versionId);
    return new Outcome.Overtaken();
  }

  /**
   * What can be told without a test. A fault of endpoint or DSN is a failed check, in the words of
   * the report, and nothing is written for it.
   */
  private @Nullable Outcome invalid(String name, JsonObject document, String text) {
    ConnectionReport inspected = test.inspect(Candidate.of(document));
    if (!inspected.passed()) {
      return new Outcome.NotPassed(inspected);
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > SECRET_MAX_BYTES) {
      return new Outcome.Invalid(null, "at most 64 KiB, as a secret's value can be");
    }
    return switch (reader.read(name, text)) {
      case DestinationReader.Reading.Valid _ -> null;
      case DestinationReader.Reading.Invalid(@Nullable String field, String expected) ->
          new Outcome.Invalid(field, expected);
    };
  }

  private boolean sameDestination(String name, String one, String other) {
    Destination current = usable(name, one);
    return current != null && current.equals(usable(name, other));
  }

  private @Nullable Destination usable(String name, String text) {
    return reader.read(name, text)
            instanceof DestinationReader.Reading.Valid(Destination destination)
        ? destination
        : null;
  }
}
