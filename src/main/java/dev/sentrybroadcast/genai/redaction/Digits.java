package dev.sentrybroadcast.genai.redaction;

import java.math.BigDecimal;

/** The digits of a number, without what divides its groups. Used again for the next number. */
final class Digits implements CharSequence {

  private final char[] digits = new char[19];
  private int length;

  void clear() {
    length = 0;
  }

  void add(String text, int start, int end) {
    text.getChars(start, end, digits, length);
    length += end - start;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return digits[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(digits, start, end - start);
  }

  @Override
  public String toString() {
    return new String(digits, 0, length);
  }

  /**
   * A text with ASCII's digits in place of full-width, Arabic and others, of the same length; the
   * same text where it has none.
   */
  static String ascii(String text) {
    char[] ascii = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '\u007F' && isOther(c)) {
        ascii = ascii == null ? text.toCharArray() : ascii;
        ascii[i] = (char) ('0' + Character.digit(c, 10));
      }
    }
    return ascii == null ? text : new String(ascii);
  }

  private static boolean isOther(char c) {
    return (c < Letters.IDEOGRAPHS || c > '\uA000') && Character.isDigit(c);
  }

  /** A decimal that is a whole number of up to 19 digits without its fraction and exponent. */
  static String whole(String decimal) {
    double number = Double.parseDouble(decimal);
    boolean isWhole = number == Math.rint(number) && number >= 1e6 && number < 1e19;
    return isWhole ? new BigDecimal(decimal).toBigInteger().toString() : decimal;
  }
}
