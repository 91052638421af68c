package dev.sentrybroadcast.genai.redaction;

import static dev.sentrybroadcast.genai.redaction.Checksums.weighted;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** National ids with letters: one word of capitals and digits, and a check character. */
final class LetterIds {

  private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String IRISH = "WABCDEFGHIJKLMNOPQRSTUV";
  private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  private static final String ITALIAN_ODD = "BAFHJNPRTVCESULDGIMOQKWZYX";
  private static final String MEXICAN = "0123456789ABCDEFGHIJKLMN\u00D1OPQRSTUVWXYZ";
  private static final int LONGEST = 18;

  /** In a mask: 9 is a digit, A a capital, * either, another character itself. */
  private record Form(String mask, Predicate<String> check) {

    int wordLength() {
      return mask.split("[ -]", 2)[0].length();
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("99999999A", LetterIds::spanish), // DNI
          new Form("99999999-A", id -> spanish(id.replace("-", ""))),
          new Form("A9999999A", id -> spanishForeigner(id) || singapore(id)), // NIE, NRIC
          new Form("9999999A", LetterIds::irish), // PPS number
          new Form("9999999AA", LetterIds::irish),
          new Form("AAAAAA99A99A999A", LetterIds::italian), // codice fiscale
          new Form("AAAA999999AAAAAA*9", LetterIds::mexican), // CURP
          new Form("AA999999A", LetterIds::british), // national insurance number
          new Form("AA 99 99 99 A", id -> british(id.replace(" ", ""))),
          new Form("99999999999999999X", LetterIds::isChinese),
          new Form("999999-999*", LetterIds::finnish),
          new Form("999999A999*", LetterIds::finnish),
          new Form("99999999-K", LetterIds::chilean));

  /** By the length of the word that they begin with. */
  private static final List<List<Form>> BY_LENGTH = new ArrayList<>();

  static {
    for (int length = 0; length <= LONGEST; length++) {
      int wordLength = length;
      BY_LENGTH.add(FORMS.stream().filter(form -> form.wordLength() == wordLength).toList());
    }
  }

  private LetterIds() {}

  /** Where the id that begins with the word at {@code start} ends, or -1. */
  static int end(String text, int start, int wordLength, int limit) {
    List<Form> forms = wordLength > LONGEST ? List.of() : BY_LENGTH.get(wordLength);
    if (forms.isEmpty()) {
      return -1;
    }
    for (Form form : forms) {
      int end = start + form.mask.length();
      if (end <= limit
          && fits(text, start, form.mask)
          && NumberShapes.isFreeAfter(text, end, limit)
          && form.check.test(text.substring(start, end))) {
        return end;
      }
    }
    return -1;
  }

  /** China's resident identity number: ISO 7064, MOD 11-2. */
  static boolean isChinese(CharSequence id) {
    int sum = weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    int month = Integer.parseInt(id, 10, 12, 10);
    int century = Integer.parseInt(id, 6, 8, 10);
    return month >= 1
        && month <= 12
        && (century == 19 || century == 20)
        && "10X98765432".charAt(sum % 11) == id.charAt(17);
  }

  private static boolean fits(String text, int start, String mask) {
    for (int i = 0; i < mask.length(); i++) {
      char c = text.charAt(start + i);
      boolean isCapital = c >= 'A' && c <= 'Z';
      boolean fits =
          switch (mask.charAt(i)) {
            case '9' -> NumberShapes.isDigit(c);
            case 'A' -> isCapital;
            case '*' -> isCapital || NumberShapes.isDigit(c);
            default -> mask.charAt(i) == c;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean spanish(String id) {
    return SPANISH.charAt(Integer.parseInt(id, 0, 8, 10) % 23) == id.charAt(8);
  }

  private static boolean spanishForeigner(String id) {
    int first = "XYZ".indexOf(id.charAt(0));
    return first >= 0 && spanish(first + id.substring(1));
  }

  private static boolean singapore(String id) {
    int sum = weighted(id.substring(1), 2, 7, 6, 5, 4, 3, 2);
    return switch (id.charAt(0)) {
      case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == id.charAt(8);
      case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == id.charAt(8);
      case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == id.charAt(8);
      case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == id.charAt(8);
      default -> false;
    };
  }

  private static boolean irish(String id) {
    int second = id.length() > 8 ? id.charAt(8) - '@' : 0;
    int sum = weighted(id, 8, 7, 6, 5, 4, 3, 2) + 9 * second;
    return second <= 9 && IRISH.charAt(sum % 23) == id.charAt(7);
  }

  private static boolean italian(String id) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      int value = Character.digit(id.charAt(i), 36);
      value = value < 10 ? value : value - 10;
      sum += i % 2 == 0 ? ITALIAN_ODD.charAt(value) - 'A' : value;
    }
    return sum % 26 == id.charAt(15) - 'A';
  }

  private static boolean mexican(String id) {
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += MEXICAN.indexOf(id.charAt(i)) * (18 - i);
    }
    return "HMX".indexOf(id.charAt(10)) >= 0 && (10 - sum % 10) % 10 == id.charAt(17) - '0';
  }

  /** It has no check character; some letters and prefixes are never issued. */
  private static boolean british(String id) {
    return "DFIQUV".indexOf(id.charAt(0)) < 0
        && "DFIOQUV".indexOf(id.charAt(1)) < 0
        && !List.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ").contains(id.substring(0, 2))
        && id.charAt(8) <= 'D';
  }

  private static boolean finnish(String id) {
    int number = Integer.parseInt(id.substring(0, 6) + id.substring(7, 10));
    int month = Integer.parseInt(id, 2, 4, 10);
    return month >= 1
        && month <= 12
        && "-YXWVUABCDEF".indexOf(id.charAt(6)) >= 0
        && FINNISH.charAt(number % 31) == id.charAt(10);
  }

  private static boolean chilean(String id) {
    return weighted(id, 3, 2, 7, 6, 5, 4, 3, 2) % 11 == 1;
  }
}
