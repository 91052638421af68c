package dev.sentrybroadcast.genai.redaction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** International bank account numbers: ISO 13616. */
final class Iban {

  /** Country and length (https://www.swift.com/resource/iban-registry-pdf). */
  private static final String LENGTHS =
      """
      AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
      ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 \
      LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 \
      PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 \
      YE30\
      """;

  private static final Map<String, Integer> BY_COUNTRY = new HashMap<>();

  static {
    for (String each : LENGTHS.split(" ", -1)) {
      BY_COUNTRY.put(each.substring(0, 2), Integer.valueOf(each.substring(2)));
    }
  }

  private Iban() {}

  /**
   * Where the IBAN that begins at {@code start} ends, or -1. Single spaces or dashes may divide it.
   */
  static int end(String text, int start, int limit) {
    if (limit - start < 15
        || !Character.isLetter(text.charAt(start))
        || !NumberShapes.isDigit(text.charAt(start + 2))
        || !NumberShapes.isDigit(text.charAt(start + 3))) {
      return -1;
    }
    Integer length = BY_COUNTRY.get(text.substring(start, start + 2).toUpperCase(Locale.ROOT));
    if (length == null) {
      return -1;
    }
    int read = 0;
    int end = start;
    while (read < length && end < limit) {
      char c = text.charAt(end);
      if (c < 0x80 && Character.isLetterOrDigit(c)) {
        read++;
      } else if (NumberShapes.separator(c) < 0
          || NumberShapes.separator(text.charAt(end - 1)) >= 0) {
        return -1;
      }
      end++;
    }
    boolean isWhole = read == length && NumberShapes.isFreeAfter(text, end, limit);
    return isWhole && rest(text, start, start + 4, rest(text, start + 4, end, 0)) == 1 ? end : -1;
  }

  /** MOD 97 of letters and digits, A is 10, after a part with the rest {@code before}. */
  private static int rest(String text, int start, int end, int before) {
    int rest = before;
    for (int i = start; i < end; i++) {
      int value = Character.digit(text.charAt(i), 36);
      rest = value < 0 ? rest : (value < 10 ? rest * 10 + value : rest * 100 + value) % 97;
    }
    return rest;
  }
}
