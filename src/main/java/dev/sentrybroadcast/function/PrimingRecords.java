package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The batches that prime: records of each dialect, as different from each other as those of
 * different producers are. The JVM compiles for the texts, numbers and types that it has met, and
 * throws the code away when others come; so what is not in here is slow in a first invocation.
 * Seeded: each build primes with the same.
 */
final class PrimingRecords {

  private static final JsonFactory JSON = new JsonFactory();

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:priming";

  /** Of the batches, in turn, so that neither one record nor many are the rule. */
  private static final int[] SIZES = {1, 10, 2, 25, 1, 5, 40, 1, 3, 15};

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

  private final Random random = new Random(42);
  private final List<byte[]> batches = new ArrayList<>();
  private int passes;
  private int records;

  /**
   * One of each size, as the event source mapping writes them; the last has a failed record. From
   * call to call another one of them is new, so that names and numbers keep coming that were not
   * met before.
   */
  List<byte[]> next() throws IOException {
    while (batches.size() < SIZES.length) {
      batches.add(event(batches.size()));
    }
    int changed = passes++ % SIZES.length;
    batches.set(changed, event(changed));
    return batches;
  }

  private byte[] event(int batch) throws IOException {
    boolean last = batch == SIZES.length - 1;
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (int i = 0; i < SIZES[batch]; i++) {
        // An issue is a request of its own, and errors are rare.
        message(json, last && i == 0 ? PrimingForms.FAILED : PrimingForms.of(records++));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return event.toByteArray();
  }

  private void message(JsonGenerator json, String form) throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", hex(32));
    json.writeStringField("receiptHandle", hex(100 + random.nextInt(100)));
    json.writeStringField("body", new Blanks().fill(random.nextInt(4) == 0 ? form : compact(form)));
    json.writeObjectFieldStart("attributes");
    json.writeStringField("ApproximateReceiveCount", "1");
    json.writeStringField("SentTimestamp", "1767225600000");
    json.writeStringField("SenderId", "priming");
    json.writeStringField("ApproximateFirstReceiveTimestamp", "1767225600001");
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    if (random.nextInt(4) == 0) {
      json.writeObjectFieldStart("attribute");
      json.writeStringField("stringValue", "value");
      json.writeArrayFieldStart("stringListValues");
      json.writeEndArray();
      json.writeStringField("dataType", "String");
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeStringField("md5OfBody", hex(32));
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", QUEUE_ARN);
    json.writeStringField("awsRegion", "us-east-1");
    json.writeEndObject();
  }

  /** A form has blanks between its tokens only. */
  private static String compact(String form) {
    return form.replaceAll("\\s+", "");
  }

  private String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  /** What one record's form leaves open. */
  private final class Blanks {

    private final Instant start =
        Instant.ofEpochSecond(1_700_000_000L + random.nextInt(99_999_999));

    String fill(String form) {
      return BLANK
          .matcher(form)
          .replaceAll(blank -> Matcher.quoteReplacement(json(blank.group(1))));
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
  }
}
