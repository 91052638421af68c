package dev.sentrybroadcast.bench;

import java.util.Random;

/**
 * Seeded text that compresses and decodes as prompts do: sentences of common words around a topic,
 * lists, code; already escaped for a JSON string.
 */
final class Prose {

  private static final String[] COMMON =
      ("the of and to a in is that it for was on are as with they be at this have from or had by"
              + " but what some we can out other were all your when up use how said an each which"
              + " their if will way about many then them would like so these her long make thing"
              + " see him two has look more day could go come did my no most who over know than"
              + " call first people may down side been now find any new work part take get place"
              + " made where after back little only round year came show every good me give our"
              + " under very through just form much great think say help low line before turn"
              + " cause same mean differ move right old too does tell sentence set three want")
          .split(" ");

  private static final String[][] TOPICS = {
    ("invoice payment refund customer account balance ledger currency statement tax receipt"
            + " discount renewal charge merchant settlement dispute approval threshold overdue")
        .split(" "),
    ("server request latency timeout queue retry worker throughput deploy rollback database"
            + " index query cache replica incident metric dashboard trace exporter payload")
        .split(" "),
    ("contract clause liability tenant notice termination warranty jurisdiction court party"
            + " obligation breach damages amendment signature schedule appendix arbitration")
        .split(" "),
    ("flight hotel booking itinerary passport luggage airport departure delay connection seat"
            + " museum restaurant reservation coast mountain guide season insurance visa map")
        .split(" "),
  };

  /** What a Java string needs two bytes per character for. */
  private static final String[] WIDE = {" → ", " — ", " ✅ ", " “naïve” ", " 東京 ", " 5 € "};

  private final Random random;
  private final String[] topic;
  private final boolean wide;

  /**
   * Text of its own.
   *
   * @param topic any number
   * @param wide whether it has characters outside Latin-1
   */
  Prose(long seed, int topic, boolean wide) {
    this.random = new Random(seed);
    this.topic = TOPICS[Math.floorMod(topic, TOPICS.length)];
    this.wide = wide;
  }

  /** About so many bytes of UTF-8, as they stand in JSON. */
  String text(int bytes) {
    StringBuilder text = new StringBuilder(bytes + 200);
    int wideBytes = 0;
    if (wide) {
      text.append("“Hello” ");
      wideBytes += 4;
    }
    while (text.length() + wideBytes < bytes) {
      int kind = random.nextInt(100);
      if (kind < 6) {
        text.append("\\n\\n## ").append(word(topic)).append(' ').append(word(topic)).append("\\n");
      } else if (kind < 14) {
        text.append("\\n- **").append(word(topic)).append("**: ");
        sentence(text);
      } else if (kind < 17) {
        code(text);
      } else if (wide && kind < 25) {
        text.append(WIDE[random.nextInt(WIDE.length)]);
        wideBytes += 4;
      } else {
        sentence(text);
      }
    }
    return text.toString();
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  /** So many hex digits. */
  String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  private void sentence(StringBuilder text) {
    int words = 6 + random.nextInt(12);
    int from = text.length();
    for (int i = 0; i < words; i++) {
      text.append(random.nextInt(100) < 35 ? word(topic) : word(COMMON)).append(' ');
    }
    if (random.nextInt(4) == 0) {
      text.append(random.nextInt(5000)).append(' ');
    }
    if (random.nextInt(5) == 0) {
      text.append("ref-").append(hex(8)).append(' ');
    }
    text.setCharAt(from, Character.toUpperCase(text.charAt(from)));
    text.setCharAt(text.length() - 1, '.');
    text.append(' ');
  }

  private void code(StringBuilder text) {
    text.append("\\n\\n```python\\ndef ")
        .append(word(topic))
        .append("_of(rows):\\n    return [r[\\\"")
        .append(word(topic))
        .append("\\\"] for r in rows if r.get(\\\"")
        .append(word(topic))
        .append("\\\", 0) > ")
        .append(random.nextInt(99))
        .append("]\\n```\\n");
  }

  /** The first ones more often, as in any language. */
  private String word(String[] words) {
    return words[(int) Math.pow(words.length, random.nextDouble()) - 1];
  }
}
