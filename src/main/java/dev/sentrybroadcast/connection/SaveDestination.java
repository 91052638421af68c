package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.InvalidJsonException;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.SecretValue;
import dev.sentrybroadcast.destination.WritableSecretStore;
import dev.sentrybroadcast.destination.WritableSecretStore.Written;
import dev.sentrybroadcast.sentry.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
record SaveDestination(
    WritableSecretStore vault, String prefix, DestinationReader reader, ConnectionTest test) {

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

  /** Saves what was sent; fields that are not sent keep their current values. */
  HttpReply save(String name, SecretValue sent) {
    try {
      return new Save(name).save(sent);
    } catch (InvalidJsonException e) {
      return Problem.DESTINATION_NOT_VALID.reply(e.field, e.expected);
    }
  }

  /** One save in progress. */
  private final class Save {

    private final String name;
    private final String secretName;

    Save(String name) {
      this.name = name;
      secretName = prefix + name;
    }

    private HttpReply save(SecretValue sent) throws InvalidJsonException {
      return switch (vault.current(secretName)) {
        case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Secret.NotFound() -> {
          HttpReply fault = fault(sent);
          yield fault != null ? fault : saveFirst(sent);
        }
        case Secret.Value(String text, String versionId) -> {
          SecretValue current = current(text, sent);
          if (current == null) {
            yield Problem.NOT_A_DESTINATION.reply("Save under another name, or delete the secret.");
          }
          SecretValue merged = sent.over(current);
          HttpReply fault = fault(merged);
          yield fault != null ? fault : saveOver(merged, current, versionId);
        }
      };
    }

    /**
     * The fields of the secret. Null where it was not made for a destination, so that another
     * application's secret is not overwritten: it is neither empty, nor has a field of one, nor is
     * the broken text of one.
     */
    private static @Nullable SecretValue current(String text, SecretValue sent)
        throws InvalidJsonException {
      try {
        SecretValue fields = DestinationReader.fields(text);
        Set<String> names = fields.fieldNames();
        return names.isEmpty() || !Collections.disjoint(names, FIELDS) ? fields : null;
      } catch (InvalidJsonException e) {
        if (!text.contains("\"endpoint\"") && !text.contains("\"dsn\"")) {
          return null;
        }
        if (sent.has("endpoint") && sent.has("dsn")) {
          return SecretValue.EMPTY;
        }
        String whole = "; an endpoint and a DSN replace it as a whole";
        throw new InvalidJsonException(null, "the secret to hold " + e.expected + whole);
      }
    }

    /** What can be said without a test; null when nothing is wrong. */
    private @Nullable HttpReply fault(SecretValue fields) throws InvalidJsonException {
      ConnectionReport inspected = test.inspect(Candidate.of(fields));
      if (!inspected.passed()) {
        return tested(inspected, false);
      }
      if (fields.json().getBytes(StandardCharsets.UTF_8).length > SECRET_MAX_BYTES) {
        throw new InvalidJsonException(null, "at most 64 KiB, the limit of a secret's value");
      }
      reader.read(name, fields);
      return null;
    }

    private HttpReply saveFirst(SecretValue sent) throws InvalidJsonException {
      ConnectionReport report = test.run(Candidate.of(sent), false);
      if (!report.passed()) {
        return tested(report, false);
      }
      return switch (vault.create(secretName, sent.json())) {
        case Written.Version _ -> tested(report, false);
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> fillFirst(sent.json(), report);
      };
    }

    /** The secret exists but had no value a moment ago: the template made it. */
    private HttpReply fillFirst(String text, ConnectionReport report) {
      return switch (vault.putPending(secretName, text)) {
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> overtaken();
        case Written.Version(String versionId) ->
            switch (vault.current(secretName)) {
              case Secret.Value(_, String current) when current.equals(versionId) ->
                  tested(report, false);
              case Secret.Value _ -> overtaken(versionId);
              case Secret.NotFound() -> promoted(versionId, null, report);
              case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
            };
      };
    }

    private HttpReply saveOver(SecretValue merged, SecretValue current, String currentVersion)
        throws InvalidJsonException {
      if (isEqual(merged, current)) {
        return tested(test.run(Candidate.of(merged), false), true);
      }
      return switch (vault.putPending(secretName, merged.json())) {
        case Written.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
        case Written.Exists() -> overtaken();
        case Written.Version(String versionId) -> testWritten(versionId, currentVersion);
      };
    }

    private boolean isEqual(SecretValue merged, SecretValue current) throws InvalidJsonException {
      Destination destination = reader.read(name, merged);
      try {
        return destination.equals(reader.read(name, current));
      } catch (InvalidJsonException _) {
        return false;
      }
    }

    private HttpReply testWritten(String versionId, String currentVersion)
        throws InvalidJsonException {
      return switch (vault.version(secretName, versionId)) {
        case Secret.NotFound() -> overtaken();
        case Secret.Unavailable(String kind) -> {
          vault.dropPending(secretName, versionId);
          yield Problem.STORE_UNAVAILABLE.reply(kind);
        }
        case Secret.Value(String written, _) -> {
          ConnectionReport report =
              test.run(Candidate.of(DestinationReader.fields(written)), false);
          if (report.passed()) {
            yield promoted(versionId, currentVersion, report);
          }
          vault.dropPending(secretName, versionId);
          yield tested(report, false);
        }
      };
    }

    private HttpReply promoted(
        String versionId, @Nullable String replaced, ConnectionReport report) {
      Written promotion = vault.promote(secretName, versionId, replaced);
      if (promotion instanceof Written.Version) {
        vault.dropPending(secretName, versionId);
        return tested(report, false);
      }
      // The answer may have been lost, or be that of a retry after a success.
      return switch (vault.current(secretName)) {
        case Secret.Value(_, String current) when current.equals(versionId) -> {
          vault.dropPending(secretName, versionId);
          yield tested(report, false);
        }
        case Secret.Value(_, String current) when current.equals(replaced) -> {
          vault.dropPending(secretName, versionId);
          yield Problem.STORE_UNAVAILABLE.reply(
              promotion instanceof Written.Unavailable(String kind) ? kind : null);
        }
        case Secret.Value _, Secret.NotFound _ -> overtaken(versionId);
        case Secret.Unavailable(String kind) -> Problem.STORE_UNAVAILABLE.reply(kind);
      };
    }

    /** The report of a test; where it passed, what was tested is saved, or was already. */
    private HttpReply tested(ConnectionReport report, boolean isUnchanged) {
      boolean passed = report.passed();
      Map<String, @Nullable Object> body =
          Json.fields(
              "destination", name,
              "saved", passed && !isUnchanged,
              "unchanged", passed && isUnchanged);
      body.putAll(report.fields());
      return HttpReply.json(passed ? 200 : 422, body);
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
