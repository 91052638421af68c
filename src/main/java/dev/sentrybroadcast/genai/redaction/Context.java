package dev.sentrybroadcast.genai.redaction;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words that tell what a number after them is, where its form alone does not. */
enum Context {
  /** No number needs it. */
  NONE(""),
  PHONE(
      """
      phone phones telephone tel mobile cell cellphone fax whatsapp sms viber msisdn telefon telefonnummer tlf \
      rufnummer handy handynummer mobil mobilnummer mobiltelefon téléphone portable teléfono telefono móvil movil \
      celular cellulare telefone telemóvel telefoon puhelin телефон тел мобильный 电话 手机 電話 携帯 전화 휴대\
      """),
  SSN("ssn ssns social itin"),
  CPF("cpf"),
  BSN("bsn burgerservicenummer sofinummer sofi"),
  PESEL("pesel"),
  SWEDEN("personnummer personnr samordningsnummer"),
  DENMARK("cpr personnummer"),
  AADHAAR("aadhaar aadhar uidai uid"),
  TFN("tfn tax"),
  SIN("sin insurance"),
  SOUTH_AFRICA("id identity"),
  TURKEY("tc tckn kimlik"),
  CNP("cnp"),
  NHS("nhs"),
  STEUER("steuer steuerid idnr steueridentifikationsnummer steuernummer identifikationsnummer tin"),
  NIF("nif contribuinte"),
  RUT("rut run");

  /** How far before a number its word may begin, in characters. */
  private static final int REACH = 48;

  /** Of the words above. */
  private static final String FIRST_IDEOGRAPHS = "电手電携전휴";

  private static final Map<String, Set<Context>> WORDS = new HashMap<>();

  static {
    for (Context context : values()) {
      for (String word : context.words.split(" ", -1)) {
        WORDS.computeIfAbsent(word, _ -> EnumSet.noneOf(Context.class)).add(context);
      }
    }
  }

  private final String words;

  Context(String words) {
    this.words = words;
  }

  /** Looks for the words of one text from left to right, and reads none of it twice. */
  static final class Finder {

    private final String text;
    private final Map<Context, Integer> lastSeen = new EnumMap<>(Context.class);
    private int read;

    /**
     * @param key what the text is the value of; null where it has no key
     */
    Finder(String text, int from, @Nullable String key) {
      this.text = text;
      this.read = from;
      if (key != null) {
        read(key, 0, key.length(), Integer.MAX_VALUE);
      }
    }

    /** Whether a word of the context stands shortly before this place. */
    boolean isNear(Context context, int place) {
      if (place > read) {
        read(text, Math.max(read, place - REACH), place, -1);
        read = place;
      }
      return place - lastSeen.getOrDefault(context, -REACH - 1) <= REACH;
    }

    private void read(String source, int from, int to, int seenAt) {
      int start = from;
      while (start < to) {
        char first = source.charAt(start);
        int end = start + 1;
        if (first >= Letters.IDEOGRAPHS) {
          if (FIRST_IDEOGRAPHS.indexOf(first) >= 0) {
            seen(source, start, Math.min(start + 2, to), seenAt);
          }
        } else if (isLetter(first)) {
          int hump = start;
          for (; end < to && isLetter(source.charAt(end)); end++) {
            // A capital after a small letter begins a word of a camel-cased key.
            if (Character.isUpperCase(source.charAt(end))
                && Character.isLowerCase(source.charAt(end - 1))) {
              seen(source, hump, end, seenAt);
              hump = end;
            }
          }
          seen(source, hump, end, seenAt);
          if (hump > start) {
            seen(source, start, end, seenAt);
          }
        }
        start = end;
      }
    }

    private static boolean isLetter(char c) {
      return Letters.bits(c) == Letters.LETTER;
    }

    private void seen(String source, int start, int end, int seenAt) {
      if (end - start > REACH) {
        return;
      }
      String word = source.substring(start, end).toLowerCase(Locale.ROOT);
      WORDS
          .getOrDefault(word, Set.of())
          .forEach(context -> lastSeen.put(context, seenAt < 0 ? start : seenAt));
    }
  }
}
