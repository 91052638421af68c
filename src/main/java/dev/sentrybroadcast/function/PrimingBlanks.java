package dev.sentrybroadcast.function;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in the blanks of {@link PrimingForms}: as varied as what producers send. */
final class PrimingBlanks {

  /** Words of a text that is longer than an attribute may be. */
  private static final int TOO_LONG = 12_000;

  /** As they stand in JSON; the first of them are ASCII, then escapes come, then other letters. */
  private static final String[] WORDS = {
    "plain",
    "words",
    "of",
    "a",
    "Sentence,",
    "a_b-c+d/e=",
    "with",
    "42",
    "numbers;",
    "(brackets)",
    "x = y[0]",
    "\\n",
    "a \\\"quoted\\\" one",
    "C:\\\\path",
    "\\t",
    "{\\\"k\\\": 1}",
    "https:\\/\\/host",
    "größer",
    "naïve",
    "café",
    "\\u00e9t\\u00E9",
    "it’s",
    "—",
    "“so”",
    "→",
    "漢字",
    "слова",
    "\uD83D\uDE00",
    "\\ud83d\\ude00"
  };

  /** How many of the words a text takes from: most have no escape, few have a surrogate pair. */
  private static final int[] ALPHABETS = {11, 11, 17, 17, 21, WORDS.length};

  private static final String[] PROVIDERS = {
    "openai", "OpenAI", "Anthropic", "Azure", "Amazon Bedrock", "Google Vertex", "Groq", "host"
  };

  private static final String[] ZONES = {"Z", "Z", "Z", "+00:00", "+02:00", "-05:30"};

  private static final Pattern BLANK = Pattern.compile("\\$([a-z]+)");

  private final Random random;
  private final InstantSource clock;
  private Instant start = Instant.EPOCH;

  PrimingBlanks(Random random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** The form with its blanks filled, each with something else. */
  String fill(String form) {
    // From a millisecond to a month ago: the log says how old the oldest record is.
    start = clock.instant().minusMillis(random.nextInt(Integer.MAX_VALUE) >> random.nextInt(31));
    return BLANK.matcher(form).replaceAll(blank -> Matcher.quoteReplacement(json(blank.group(1))));
  }

  private String json(String blank) {
    return switch (blank) {
      case "id" -> id();
      case "hex" -> hex(32);
      case "short" -> hex(8);
      case "word" -> word();
      case "label" -> '"' + words(1 + random.nextInt(4)) + '"';
      case "text" -> '"' + words(length()) + '"';
      case "start" -> time(start);
      case "first" -> time(start.plusNanos(1 + random.nextInt(900_000_000)));
      case "end" -> time(start.plusNanos(1_000_000_000 + random.nextInt(1_000_000_000)));
      case "count" -> Integer.toString(random.nextInt(1 << (1 + random.nextInt(16))));
      case "decimal" -> decimal();
      // Few, as in life: a resource is kept for each.
      case "stage" -> random.nextInt(4) == 0 ? "\"staging\"" : "\"production\"";
      case "provider" -> '"' + PROVIDERS[random.nextInt(PROVIDERS.length)] + '"';
      case "flag" -> Boolean.toString(random.nextBoolean());
      default -> any(0);
    };
  }

  /** Most are short, so that many records fit in the time; some have KB, few more than may be. */
  private int length() {
    return switch (random.nextInt(50)) {
      case 0 -> random.nextInt(10) == 0 ? TOO_LONG : 1_000;
      case 1, 2, 3 -> 300;
      default -> 1 + random.nextInt(1 << random.nextInt(6));
    };
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    int alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(alphabet)]);
    }
    return text.toString();
  }

  private String id() {
    return switch (random.nextInt(4)) {
      case 0 -> hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
      case 1 -> word() + "_" + random.nextInt() + "." + hex(10).toUpperCase(Locale.ROOT);
      case 2 -> word() + ":" + word() + "/" + hex(6);
      default -> hex(32);
    };
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int left = 2 + random.nextInt(1 << random.nextInt(6)); left > 0; left--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  /** To the second, or with 3, 6 or 9 digits; some as a number. */
  private String time(Instant time) {
    int digits = 3 * random.nextInt(4);
    String fraction = "%09d".formatted(time.getNano()).substring(0, digits);
    long seconds = time.getEpochSecond();
    if (random.nextInt(8) == 0) {
      return seconds + (digits == 0 ? "" : "." + fraction);
    }
    String text = Instant.ofEpochSecond(seconds).toString().replace("Z", "");
    return '"'
        + text
        + (digits == 0 ? "" : "." + fraction)
        + ZONES[random.nextInt(ZONES.length)]
        + '"';
  }

  private String decimal() {
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(random.nextInt(3));
      case 1 -> random.nextInt(1, 100) + "e-0" + random.nextInt(1, 9);
      case 2 -> Double.toString(random.nextDouble());
      default -> "0." + random.nextInt(1, 1_000_000);
    };
  }

  private String any(int depth) {
    return switch (random.nextInt(depth < 3 ? 8 : 5)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> Integer.toString(random.nextInt());
      case 3 -> decimal();
      case 5 -> "[" + any(depth + 1) + ", " + any(depth + 1) + "]";
      case 6 -> "{\"" + word() + "\": " + any(depth + 1) + "}";
      default -> '"' + words(1 + random.nextInt(10)) + '"';
    };
  }

  String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
