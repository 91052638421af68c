package dev.sentrybroadcast.genai.redaction;

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
}
