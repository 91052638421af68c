package dev.sentrybroadcast.intake;

/** What intake takes of a message, in one place; beyond it a record is malformed or cut short. */
final class Limits {

  /** Of the whole body, and of JSON inside a string; below what JSON parsers read by default. */
  static final int NESTING_DEPTH = 500;

  static final int RECORDS_OF_MESSAGE = 1_000;

  /** No number that means something is longer; a longer one is dropped unread. */
  static final int NUMBER_CHARS = 100;

  static final int KEY_CHARS = 50_000;

  /** Of ids, names and other text that is not content. */
  static final int NAME_CHARS = 1_024;

  static final int DESTINATIONS = 100;

  static final int ATTEMPTS = 100;

  static final int TOOL_EXECUTIONS = 1_000;

  static final int FINISH_REASONS = 128;

  /** Of one OTLP/JSON message. */
  static final int SPANS = 2_000;

  /** Of one recorded span; OpenRouter's have about a hundred. */
  static final int ATTRIBUTES = 512;

  static final int METADATA_KEYS = 64;

  static final int METADATA_KEY_CHARS = 200;

  static final int METADATA_VALUE_CHARS = 4_096;

  static final int METADATA_DEPTH = 3;

  static final int DROPPED_FIELDS = 32;

  private Limits() {}

  /** At most {@code max} chars, never half a surrogate pair. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
