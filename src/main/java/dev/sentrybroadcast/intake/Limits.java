package dev.sentrybroadcast.intake;

/**
 * The limits of intake. Beyond one, a record is malformed, or a part of it is left out and counted.
 */
public final class Limits {

  /** Of a body, and of JSON inside a text; less than what JSON parsers read by default. */
  public static final int NESTING_DEPTH = 500;

  public static final int RECORDS_OF_MESSAGE = 1_000;

  /** A longer number is dropped. */
  public static final int NUMBER_CHARS = 100;

  /** More than a message can hold. */
  public static final int TEXT_CHARS = 20_000_000;

  public static final int KEY_CHARS = 50_000;

  /** Of ids, names and other text that is not content. */
  public static final int NAME_CHARS = 1_024;

  public static final int DESTINATIONS = 100;

  /** More than a message can hold: what becomes no span is counted on the generation. */
  public static final int ATTEMPTS = 100_000;

  public static final int TOOL_EXECUTIONS = 100_000;

  public static final int FINISH_REASONS = 128;

  /** Of one OTLP/JSON message. */
  public static final int SPANS = 2_000;

  /** Of one recorded span; OpenRouter's have about a hundred. */
  public static final int ATTRIBUTES = 512;

  public static final int METADATA_KEYS = 64;

  public static final int METADATA_KEY_CHARS = 200;

  public static final int METADATA_VALUE_CHARS = 4_096;

  public static final int METADATA_DEPTH = 3;

  public static final int DROPPED_FIELDS = 32;

  /** Of one line of an object, or of an element of its array, or of a body. */
  public static final int LINE_BYTES = 6 << 20;

  /** Of one object, as it is stored and uncompressed. */
  public static final long OBJECT_BYTES = 1L << 30;

  public static final long OBJECT_LINES = 1_000_000;

  private Limits() {}

  /** At most {@code max} chars, without half a surrogate pair at the end. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
