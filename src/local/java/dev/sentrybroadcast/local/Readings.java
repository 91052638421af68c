package dev.sentrybroadcast.local;

import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the product reads in each message. Its spans and its log do not say which record a
 * correction belongs to.
 */
final class Readings {

  private static final int KEPT = 5_000;

  /** A record that was not read as it stands. */
  record Note(String traceId, Corrections corrections) {

    /** One line for each correction, dropped field and field that nothing reads. */
    List<String> sentences() {
      List<String> sentences = new ArrayList<>();
      for (Corrections.Kind kind : new TreeSet<>(corrections.kinds())) {
        sentences.add("corrected: " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
      for (String path : corrections.droppedFields()) {
        sentences.add(path + ": dropped, its value cannot be read");
      }
      for (String path : corrections.unread()) {
        sentences.add(path + ": no field that is read");
      }
      return sentences;
    }
  }

  /**
   * One message.
   *
   * @param destinations of all its records
   */
  record Reading(List<String> traceIds, List<String> destinations, List<Note> notes) {}

  private final RecordDecoder decoder;

  // Guarded by this.
  private final Map<String, Reading> byMessage = new LinkedHashMap<>();
  private final Set<Note> seen = new LinkedHashSet<>();
  private final List<Note> notes = new ArrayList<>();

  /**
   * Readings of encrypted records, too.
   *
   * @param key the value of the secret with LiteLLM's key
   */
  Readings(String key) {
    decoder =
        new RecordDecoder(
            () -> new KeySource.Secret.Value(key), Duration.ofDays(1), InstantSource.system());
  }

  /** Reads a message once, however often it is received. */
  synchronized void take(String messageId, String body) {
    if (byMessage.containsKey(messageId)) {
      return;
    }
    Reading reading = read(messageId, body);
    byMessage.put(messageId, reading);
    if (byMessage.size() > KEPT) {
      byMessage.remove(byMessage.keySet().iterator().next());
    }
    for (Note note : reading.notes()) {
      if (seen.add(note)) {
        notes.add(note);
      }
    }
  }

  /** Null for a message that was not taken, or too long ago. */
  synchronized @Nullable Reading of(String messageId) {
    return byMessage.get(messageId);
  }

  /** In the order in which they came, from this one on. */
  synchronized List<Note> notes(int from) {
    return List.copyOf(notes.subList(Math.clamp(from, 0, notes.size()), notes.size()));
  }

  synchronized List<Note> ofTrace(String traceId) {
    return notes.stream().filter(note -> note.traceId().equals(traceId)).toList();
  }

  Reading read(String messageId, String body) {
    Set<String> traceIds = new LinkedHashSet<>();
    Set<String> destinations = new LinkedHashSet<>();
    List<Note> found = new ArrayList<>();
    for (Decoded decoded : decoder.decode(new QueuedMessage(messageId, body, 0, null, null))) {
      if (decoded instanceof Decoded.Valid(TelemetryRecord record)) {
        String traceId = SpanIds.traceId(record);
        traceIds.add(traceId);
        List<String> named = record.routing().destinations();
        destinations.addAll(named.isEmpty() ? List.of(LocalDestinations.DEFAULT) : named);
        if (!record.corrections().equals(Corrections.NONE)) {
          found.add(new Note(traceId, record.corrections()));
        }
      }
    }
    return new Reading(
        List.copyOf(traceIds), List.copyOf(destinations), List.copyOf(found));
  }
}
