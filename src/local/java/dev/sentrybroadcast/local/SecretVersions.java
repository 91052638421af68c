package dev.sentrybroadcast.local;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one secret and their staging labels, moved as AWS moves them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html">UpdateSecretVersionStage</a>
 */
final class SecretVersions {

  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  /** One version; its labels change, its value never. */
  record Version(String id, String value, Instant createdAt, Set<String> stages) {
    @Override
    public String toString() {
      return "Version[" + id + " " + stages + "]";
    }
  }

  private final Map<String, Version> versions = new LinkedHashMap<>();

  /**
   * Adds a version. The same token with the same value changes nothing; with another value it
   * fails, for a version cannot be changed.
   */
  Version put(String token, String value, List<String> stages, Instant now) {
    Version existing = versions.get(token);
    if (existing != null) {
      if (existing.value().equals(value)) {
        return existing;
      }
      throw new SecretsFault(
          "ResourceExistsException",
          "You can't use ClientRequestToken " + token + " because that value is already in use.");
    }
    boolean first = versions.isEmpty();
    Version version = new Version(token, value, now, new LinkedHashSet<>());
    versions.put(token, version);
    for (String stage : stages) {
      move(stage, version);
    }
    if (first) {
      move(CURRENT, version);
    }
    return version;
  }

  /** By id, by label, or by both when they agree; AWSCURRENT without either. */
  Version get(@Nullable String id, @Nullable String stage) {
    if (id == null) {
      String wanted = stage == null ? CURRENT : stage;
      Version holder = holder(wanted);
      if (holder == null) {
        throw notFound("secret value for staging label: " + wanted);
      }
      return holder;
    }
    Version version = versions.get(id);
    if (version == null) {
      throw notFound("secret value for VersionId: " + id);
    }
    if (stage != null && !version.stages().contains(stage)) {
      throw new SecretsFault(
          "InvalidRequestException",
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  void update(String stage, @Nullable String removeFrom, @Nullable String moveTo) {
    Version holder = holder(stage);
    String holderId = holder == null ? null : holder.id();
    for (String id : new String[] {removeFrom, moveTo}) {
      if (id != null && !versions.containsKey(id)) {
        throw notFound("specified secret version: " + id);
      }
    }
    if (removeFrom != null && !removeFrom.equals(holderId)) {
      throw new SecretsFault(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId is not valid. Staging label "
              + stage
              + " is not attached to version "
              + removeFrom
              + ".");
    }
    if (moveTo == null) {
      remove(stage, holder, removeFrom);
      return;
    }
    if (holderId != null && removeFrom == null && !holderId.equals(moveTo)) {
      throw new SecretsFault(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId can't be empty. Staging label "
              + stage
              + " is currently attached to version "
              + holderId
              + ", so you must explicitly reference that version in RemoveFromVersionId.");
    }
    move(stage, get(moveTo, null));
  }

  /** Labels by version id, for versions that have any. */
  Map<String, Set<String>> stages() {
    Map<String, Set<String>> stages = new LinkedHashMap<>();
    for (Version version : versions.values()) {
      if (!version.stages().isEmpty()) {
        stages.put(version.id(), version.stages());
      }
    }
    return stages;
  }

  int count() {
    return versions.size();
  }

  @Nullable Version holder(String stage) {
    for (Version version : new ArrayList<>(versions.values())) {
      if (version.stages().contains(stage)) {
        return version;
      }
    }
    return null;
  }

  private static void remove(String stage, @Nullable Version holder, @Nullable String removeFrom) {
    if (stage.equals(CURRENT)) {
      throw new SecretsFault(
          "InvalidParameterException",
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    }
    if (holder == null || removeFrom == null) {
      throw new SecretsFault(
          "InvalidParameterException",
          "Either RemoveFromVersionId or MoveToVersionId has to name a version.");
    }
    holder.stages().remove(stage);
  }

  /** A label stands on one version; what AWSCURRENT leaves behind becomes AWSPREVIOUS. */
  private void move(String stage, Version to) {
    Version from = holder(stage);
    if (to.equals(from)) {
      return;
    }
    if (from != null) {
      from.stages().remove(stage);
    }
    to.stages().add(stage);
    if (stage.equals(CURRENT) && from != null) {
      move(PREVIOUS, from);
    }
  }

  private static SecretsFault notFound(String what) {
    return new SecretsFault(
        "ResourceNotFoundException", "Secrets Manager can't find the specified " + what);
  }
}
