package dev.sentrybroadcast.genai.redaction;

/**
 * Phone numbers: international ones, national ones with a trunk 0 or an area code in parentheses,
 * and any number after a word that announces one. E.164 allows 15 digits.
 */
final class PhoneNumbers {

  private static final int LEAST_DIGITS = 7;
  private static final int MOST_DIGITS = 15;
  private static final int MOST_GROUPS = 6;

  private final String text;
  private final int limit;

  // Of the number that was read last: where each group ends, and how many digits there are till
  // then.
  private final int[] ends = new int[MOST_GROUPS];
  private final int[] digits = new int[MOST_GROUPS];
  private int groups;
  private boolean mixed;

  PhoneNumbers(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /** From a plus: a country code and at least 8 digits in all. */
  int international(int plus) {
    int start = plus + 1;
    if (start >= limit || text.charAt(start) < '1' || text.charAt(start) > '9') {
      return -1;
    }
    read(start);
    char country = text.charAt(start);
    return country == '1' || country == '7' ? end(11, 11) : end(8, MOST_DIGITS);
  }

  /** From a digit: 00 and a country code, or a trunk 0. Groups are of two digits at least. */
  int national(int start) {
    if (text.charAt(start) != '0'
        || start + 1 >= limit
        || !NumberShapes.isDigit(text.charAt(start + 1))) {
      return -1;
    }
    boolean isInternational = text.charAt(start + 1) == '0';
    read(start);
    if (groups < 2 || isDate(start)) {
      return -1;
    }
    if (isInternational) {
      return text.charAt(start + 2) == '0' || digits[0] > 7 ? -1 : end(11, MOST_DIGITS + 2);
    }
    for (int i = 1; i < groups; i++) {
      if (digits[i] - digits[i - 1] < 2) {
        return -1;
      }
    }
    return digits[0] < 2 || digits[0] > 5 || mixed ? -1 : end(9, 11);
  }

  /** From a parenthesis: an area code in it. */
  int withAreaCode(int parenthesis) {
    int start = parenthesis + 1;
    int close = NumberShapes.digitsEnd(text, start, Math.min(limit, start + 6));
    int length = close - start;
    if (length < 2 || length > 5 || close + 1 >= limit || text.charAt(close) != ')') {
      return -1;
    }
    boolean isTrunk = text.charAt(start) == '0';
    boolean isYear = length == 4 && !isTrunk;
    int first = NumberShapes.separator(text.charAt(close + 1)) >= 0 ? close + 2 : close + 1;
    if (isYear || first >= limit || !NumberShapes.isDigit(text.charAt(first))) {
      return -1;
    }
    read(first);
    return isTrunk ? end(6, 9) : length == 3 ? end(7, 7) : length == 2 ? end(8, 9) : -1;
  }

  /** From a digit after a word that announces a phone number. */
  int announced(int start, Context.Finder context) {
    if (limit - start < LEAST_DIGITS || !NumberShapes.isDigit(text.charAt(start + 1))) {
      return -1;
    }
    for (int i = start; i < start + LEAST_DIGITS; i++) {
      char c = text.charAt(i);
      if (!NumberShapes.isDigit(c) && NumberShapes.separator(c) < 0 && c != '(' && c != ')') {
        return -1;
      }
    }
    if (!context.isNear(Context.PHONE, start)) {
      return -1;
    }
    read(start);
    return isDate(start) ? -1 : end(LEAST_DIGITS, MOST_DIGITS);
  }

  /** The furthest end of a group at which the number of digits is within the bounds. */
  private int end(int least, int most) {
    for (int i = groups - 1; i >= 0; i--) {
      if (digits[i] >= least && digits[i] <= most) {
        return NumberShapes.isFreeAfter(text, ends[i], limit) ? ends[i] : -1;
      }
    }
    return -1;
  }

  private boolean isDate(int start) {
    boolean yearFirst = groups >= 3 && digits[0] == 4 && digits[1] == 6 && digits[2] == 8;
    boolean yearLast = groups >= 3 && digits[0] == 2 && digits[1] == 4 && digits[2] == 8;
    return (yearFirst && text.charAt(start) <= '2')
        || (yearLast && (text.charAt(ends[1] + 1) == '1' || text.startsWith("20", ends[1] + 1)));
  }

  private void read(int start) {
    groups = 0;
    mixed = false;
    int count = 0;
    int at = start;
    int before = -1;
    while (groups < MOST_GROUPS && count <= MOST_DIGITS + 2) {
      int end = NumberShapes.digitsEnd(text, at, Math.min(limit, at + MOST_DIGITS + 3));
      count += end - at;
      ends[groups] = end;
      digits[groups++] = count;
      int next = end;
      if (next < limit && text.charAt(next) == ')') {
        next++;
      }
      int separator = next < limit ? NumberShapes.separator(text.charAt(next)) : -1;
      if (separator >= 0 && separator < 4) {
        next++;
      }
      // After the country code alone: +49 (0)30.
      if (groups == 1 && count <= 3 && next + 1 < limit && text.charAt(next) == '(') {
        next++;
      }
      if (next == end || next >= limit || !NumberShapes.isDigit(text.charAt(next))) {
        return;
      }
      // After the area code the separator may change once.
      mixed |= groups > 2 && separator != before;
      before = separator;
      at = next;
    }
  }
}
