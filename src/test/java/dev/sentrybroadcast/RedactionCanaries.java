package dev.sentrybroadcast;

import dev.sentrybroadcast.generation.Redaction.Kind;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** A value of each kind with a number in it, so that each place of a record gets its own. */
public final class RedactionCanaries {

  private RedactionCanaries() {}

  /** A sentence with a value of each kind. It needs no escapes in JSON. */
  public static String text(int number) {
    Map<Kind, String> values = values(number);
    return "said %s, call %s, card %s, account %s, id %s, host %s, see https://user:%s@example.com/x and %s and %s and %s, password=%s twice"
        .formatted(
            values.get(Kind.EMAIL),
            values.get(Kind.PHONE),
            values.get(Kind.CARD),
            values.get(Kind.IBAN),
            values.get(Kind.NATIONAL_ID),
            values.get(Kind.IP),
            values.get(Kind.URL_SECRET),
            "-----BEGIN PRIVATE KEY-----"
                + values.get(Kind.PRIVATE_KEY)
                + "-----END PRIVATE KEY-----",
            values.get(Kind.JWT),
            values.get(Kind.TOKEN),
            values.get(Kind.SECRET_FIELD));
  }

  /** What must not leave, of each kind. */
  public static Map<Kind, String> values(int number) {
    String digits = "%06d".formatted(number);
    Map<Kind, String> values = new EnumMap<>(Kind.class);
    values.put(Kind.EMAIL, "canary" + digits + "@example.org");
    values.put(Kind.PHONE, "+49 30 1" + digits);
    values.put(Kind.CARD, luhn("411111111" + digits));
    values.put(Kind.IBAN, iban("100100100000" + digits));
    // A social security number: neither its group nor its serial is zero.
    values.put(
        Kind.NATIONAL_ID, "123-%02d-%04d".formatted(1 + number / 9_000, 1_000 + number % 9_000));
    values.put(
        Kind.IP, "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255));
    values.put(Kind.URL_SECRET, "CANARYu" + digits);
    values.put(Kind.PRIVATE_KEY, "MIICANARY" + digits);
    values.put(Kind.JWT, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlk" + digits + ".c2lnbmF0dXJl");
    values.put(Kind.TOKEN, "ghp_CANARYcanaryCANARYcanaryCANARYca" + digits);
    values.put(Kind.SECRET_FIELD, "CANARYs" + digits);
    return values;
  }

  private static String luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = (body.charAt(body.length() - 1 - i) - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String iban(String body) {
    int rest = new BigInteger(body + "131400").mod(BigInteger.valueOf(97)).intValue();
    return "DE%02d".formatted(98 - rest) + body;
  }
}
