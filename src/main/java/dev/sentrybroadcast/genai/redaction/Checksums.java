package dev.sentrybroadcast.genai.redaction;

/** Check digits. Texts are ASCII digits, unless a method says otherwise. */
final class Checksums {

  /** The Verhoeff algorithm's permutation of each place's digits, and its product of two digits. */
  private static final int[][] PERMUTED = new int[8][10];

  private static final int[][] PRODUCT = new int[10][10];

  static {
    int[] next = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    for (int digit = 0; digit < 10; digit++) {
      int permuted = digit;
      for (int[] place : PERMUTED) {
        place[digit] = permuted;
        permuted = next[permuted];
      }
      for (int other = 0; other < 10; other++) {
        PRODUCT[digit][other] = dihedral(digit, other);
      }
    }
  }

  private Checksums() {}

  /** ISO/IEC 7812-1, cards and several national ids. */
  static boolean luhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
    }
    return sum % 10 == 0;
  }

  /** The sum of the first digits, each multiplied by its weight. */
  static int weighted(CharSequence digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return sum;
  }

  /** The rest of the first digits, with {@code before} in front, divided by 97. */
  static int mod97(int before, CharSequence digits, int length) {
    int rest = before;
    for (int i = 0; i < length; i++) {
      rest = (rest * 10 + digits.charAt(i) - '0') % 97;
    }
    return rest;
  }

  /** ISO 7064, MOD 11,10. */
  static boolean mod11And10(CharSequence digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (digits.charAt(i) - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (product + digits.charAt(digits.length() - 1) - '0') % 10 == 1;
  }

  /** The Verhoeff algorithm, of Aadhaar numbers. */
  static boolean verhoeff(CharSequence digits) {
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      check = PRODUCT[check][PERMUTED[i % 8][digit]];
    }
    return check == 0;
  }

  /** The product in the dihedral group of order 10. */
  private static int dihedral(int a, int b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    }
    return b < 5 ? 5 + (a - b) % 5 : (a - b + 5) % 5;
  }
}
