package dev.sentrybroadcast.genai.redaction;

import static dev.sentrybroadcast.genai.redaction.Checksums.luhn;
import static dev.sentrybroadcast.genai.redaction.Checksums.mod97;
import static dev.sentrybroadcast.genai.redaction.Checksums.weighted;
import static dev.sentrybroadcast.generation.Redaction.Kind.CARD;
import static dev.sentrybroadcast.generation.Redaction.Kind.NATIONAL_ID;
import static dev.sentrybroadcast.generation.Redaction.Kind.PHONE;

import dev.sentrybroadcast.generation.Redaction;
import java.util.List;
import java.util.function.Predicate;

/**
 * The numbers that are known by the lengths of their groups and by a check of their digits.
 *
 * <p>Forms: lengths of groups with the separator between them, {@code _} for a space. After {@code
 * ?} a form needs a word of the context before it, because too many other numbers look like it. A
 * form with {@code !} is no part of a longer row of groups.
 */
final class NumberRules {

  static final List<Rule> ALL =
      List.of(
          // United States: SSN and ITIN
          id("3-2-4 ?3_2_4 ?9", Context.SSN, NumberRules::socialSecurity),
          // Brazil: CPF
          id("3.3.3-2 ?11", Context.CPF, NumberRules::cpf),
          // France: NIR
          id("15 13_2 1_2_2_2_3_3_2", Context.NONE, NumberRules::nir),
          // Netherlands: BSN
          id("?9 ?4.2.3", Context.BSN, d -> weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0),
          // Poland: PESEL
          id("?11", Context.PESEL, d -> weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0),
          // Sweden: personnummer
          id("6-4 6+4 ?8-4 ?8+4 ?10 ?12", Context.SWEDEN, NumberRules::sweden),
          // Denmark: CPR, which has had no check digit since 2007
          id("?6-4 ?10", Context.DENMARK, d -> isDay(d, 0) && isMonth(d, 2)),
          // Norway: fødselsnummer
          id("11 6_5", Context.NONE, NumberRules::norway),
          // Belgium: national register number
          id("11 2.2.2-3.2", Context.NONE, NumberRules::belgium),
          // Switzerland: AHV
          id(
              "13 3.4.4.2",
              Context.NONE,
              d ->
                  number(d, 0, 3) == 756
                      && weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0),
          // India: Aadhaar
          id("4_4_4! 4-4-4! ?12", Context.AADHAAR, d -> d.charAt(0) > '1' && Checksums.verhoeff(d)),
          // Australia: TFN
          id("?9 ?3_3_3", Context.TFN, d -> weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0),
          // Canada: SIN
          id("?9 ?3-3-3 ?3_3_3", Context.SIN, d -> d.charAt(0) != '0' && luhn(d)),
          // South Korea: resident registration number
          id("6-7", Context.NONE, NumberRules::korea),
          // China: resident identity number (with the check digit X: LetterIds)
          id("18", Context.NONE, LetterIds::isChinese),
          // Argentina: CUIL and CUIT of persons
          id(
              "2-8-1",
              Context.NONE,
              d -> d.charAt(0) == '2' && weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
          // Chile: RUT (with the check digit K: LetterIds)
          id("2.3.3-1 ?8-1 ?9", Context.RUT, d -> weighted(d, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
          // South Africa
          id("?13", Context.SOUTH_AFRICA, d -> isMonth(d, 2) && isDay(d, 4) && luhn(d)),
          // Turkey: TCKN
          id("?11", Context.TURKEY, NumberRules::turkey),
          // Romania: CNP
          id(
              "?13",
              Context.CNP,
              d -> weighted(d, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11 % 10 == d.charAt(12) - '0'),
          // Thailand
          id(
              "1-4-5-2-1",
              Context.NONE,
              d ->
                  (11 - weighted(d, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10
                      == d.charAt(12) - '0'),
          // United Kingdom: NHS number
          id(
              "?3_3_4 ?3-3-4 ?10",
              Context.NHS,
              d -> weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
          // Germany: Steuer-ID
          id("?11 ?2_3_3_3", Context.STEUER, d -> d.charAt(0) != '0' && Checksums.mod11And10(d)),
          // Portugal: NIF
          id("?9 ?3_3_3", Context.NIF, NumberRules::portugal),
          rule(
              CARD,
              "14 15 16 18 19 4-4-4-4 4_4_4_4 4.4.4.4 4+4+4+4 4_4_4_4_3 4-6-5 4_6_5 4-6-4 4_6_4",
              Context.NONE,
              NumberRules::card),
          rule(
              PHONE,
              "3-3-4 3.3.4 3_3_4 1-3-3-4 1.3.3.4 1_3_3_4",
              Context.NONE,
              NumberRules::northAmericanPhone),
          // China
          rule(PHONE, "3-4-4 3_4_4", Context.NONE, d -> d.charAt(0) == '1' && d.charAt(1) >= '3'));

  /**
   * One kind of number.
   *
   * @param check whether digits of the right length are such a number
   */
  record Rule(
      Redaction.Kind kind, List<String> forms, Context context, Predicate<CharSequence> check) {}

  private NumberRules() {}

  private static Rule rule(
      Redaction.Kind kind, String forms, Context context, Predicate<CharSequence> check) {
    return new Rule(kind, List.of(forms.split(" ", -1)), context, check);
  }

  private static Rule id(String forms, Context context, Predicate<CharSequence> check) {
    return rule(NATIONAL_ID, forms, context, check);
  }

  /** By issuer's prefix and length (https://en.wikipedia.org/wiki/Payment_card_number). */
  private static boolean card(CharSequence digits) {
    int four = number(digits, 0, 4);
    int two = four / 100;
    boolean issued =
        switch (digits.length()) {
          case 14 -> (four >= 3000 && four <= 3059) || two == 36 || two == 38 || two == 39;
          case 15 -> two == 34 || two == 37;
          case 16 ->
              two / 10 == 4
                  || (two >= 51 && two <= 55)
                  || (four >= 2200 && four <= 2204)
                  || (four >= 2221 && four <= 2720)
                  || four == 6011
                  || (four >= 3528 && four <= 3589)
                  || (four / 10 >= 644 && two <= 65)
                  || two == 62
                  || two == 50
                  || (two >= 56 && two <= 58)
                  || four == 6304
                  || four == 6759
                  || four == 9792;
          default -> two == 62 || four == 6759;
        };
    return issued && luhn(digits);
  }

  /** Area code and exchange begin with 2 to 9, and are no service codes. */
  private static boolean northAmericanPhone(CharSequence digits) {
    int area = digits.length() - 10;
    return (area == 0 || digits.charAt(0) == '1')
        && isExchange(number(digits, area, area + 3))
        && isExchange(number(digits, area + 3, area + 6));
  }

  private static boolean isExchange(int code) {
    return code >= 200 && code % 100 != 11;
  }

  private static boolean socialSecurity(CharSequence digits) {
    int area = number(digits, 0, 3);
    int group = number(digits, 3, 5);
    // From 900 on: taxpayers without a social security number.
    boolean issued = (area != 0 && area != 666 && area < 900) || (area >= 900 && group >= 50);
    return issued && group != 0 && number(digits, 5, 9) != 0;
  }

  private static boolean cpf(CharSequence digits) {
    return digits.chars().distinct().count() > 1
        && weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == digits.charAt(9) - '0'
        && weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
            == digits.charAt(10) - '0';
  }

  private static boolean nir(CharSequence digits) {
    return digits.charAt(0) >= '1'
        && digits.charAt(0) <= '2'
        && (isMonth(digits, 3) || number(digits, 3, 5) >= 20)
        && 97 - mod97(0, digits, 13) == number(digits, 13, 15);
  }

  private static boolean sweden(CharSequence digits) {
    CharSequence ten = digits.subSequence(digits.length() - 10, digits.length());
    int day = number(ten, 4, 6);
    // 60 is added to the day of a coordination number.
    return isMonth(ten, 2) && day % 60 >= 1 && day % 60 <= 31 && luhn(ten);
  }

  private static boolean norway(CharSequence digits) {
    return isMonth(digits, 2)
        && number(digits, 0, 2) % 40 <= 31
        && weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        && weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  /** Those born from 2000 on have a 2 before the number that is checked. */
  private static boolean belgium(CharSequence digits) {
    int check = number(digits, 9, 11);
    return isMonth(digits, 2)
        && isDay(digits, 4)
        && (97 - mod97(0, digits, 9) == check || 97 - mod97(2, digits, 9) == check);
  }

  private static boolean korea(CharSequence digits) {
    int check = (11 - weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
    return isMonth(digits, 2)
        && isDay(digits, 4)
        && digits.charAt(6) >= '1'
        && digits.charAt(6) <= '8'
        && check == digits.charAt(12) - '0';
  }

  private static boolean turkey(CharSequence digits) {
    int odd = weighted(digits, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    int even = weighted(digits, 0, 1, 0, 1, 0, 1, 0, 1);
    return digits.charAt(0) != '0'
        && Math.floorMod(odd * 7 - even, 10) == digits.charAt(9) - '0'
        && weighted(digits, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10 == digits.charAt(10) - '0';
  }

  private static boolean portugal(CharSequence digits) {
    int check = 11 - weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check > 9 ? 0 : check) == digits.charAt(8) - '0';
  }

  private static boolean isMonth(CharSequence digits, int at) {
    int month = number(digits, at, at + 2);
    return month >= 1 && month <= 12;
  }

  private static boolean isDay(CharSequence digits, int at) {
    int day = number(digits, at, at + 2);
    return day >= 1 && day <= 31;
  }

  private static int number(CharSequence digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }
}
