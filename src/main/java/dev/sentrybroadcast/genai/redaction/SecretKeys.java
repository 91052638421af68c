package dev.sentrybroadcast.genai.redaction;

import java.util.List;

/** Names of fields and parameters whose values are secrets. */
final class SecretKeys {

  /**
   * A key is secret if it ends with one of these, whatever its case and whatever of {@code _-. }
   * stands between the letters: {@code db_password}, {@code X-Api-Key}, {@code clientSecret}.
   */
  private static final List<String> ENDINGS =
      words(
          """
          password passwd passphrase passcode passwort kennwort contraseña contrasena senha motdepasse wachtwoord \
          lösenord hasło пароль 密码 密碼 パスワード 비밀번호 \
          secret apikey accesskey secretkey privatekey signingkey encryptionkey accountkey subscriptionkey masterkey \
          secretaccesskey accesskeyid sharedaccesskey authkey licensekey token authorization cookie credential \
          credentials clientassertion connectionstring securitycode""");

  /** Short ones stand for themselves: {@code pin}, but not {@code spin}. */
  private static final List<String> WHOLE = words("pwd pass pin otp cvv cvc cvv2 auth sid jwt pw");

  /** Parameters of signed addresses. */
  private static final List<String> IN_QUERY = words("sig signature key xamzcredential xgoogcredential sas");

  /** Tokens of pages, of a vocabulary and of limits. */
  private static final List<String> NO_SECRET_TOKENS =
      words("page next nextpage continuation eos bos pad stop cls sep mask unk max special image prompt per sync");

  private SecretKeys() {}

  private static List<String> words(String list) {
    return List.of(list.strip().split(" ", -1));
  }

  static boolean isSecret(String key) {
    return endsAt(key, 0, key.length());
  }

  /** Whether the text before {@code end} ends with a secret key. */
  static boolean endsAt(String text, int from, int end) {
    if (end - from < 2 || !isKeyEnd(text.charAt(end - 1))) {
      return false;
    }
    for (String ending : ENDINGS) {
      int start = startOf(ending, text, from, end);
      if (start >= 0 && !(ending.equals("token") && isOtherToken(text, from, start))) {
        return true;
      }
    }
    return WHOLE.stream().anyMatch(word -> standsAlone(text, from, startOf(word, text, from, end)));
  }

  static boolean isQueryParameter(String text, int start, int end) {
    return endsAt(text, start, end)
        || IN_QUERY.stream().anyMatch(word -> standsAlone(text, start, startOf(word, text, start, end)));
  }

  /** Whether the key is one of HTTP's headers with this name. */
  static boolean endsWith(String header, String text, int from, int end) {
    return startOf(header, text, from, end) >= 0;
  }

  /** The last letters of all words; most keys are ruled out by theirs. */
  private static boolean isKeyEnd(char c) {
    return c > 0x7F || "dtynelsrhpcvgk2aow".indexOf(Character.toLowerCase(c)) >= 0;
  }

  private static boolean isOtherToken(String text, int from, int start) {
    return NO_SECRET_TOKENS.stream()
        .anyMatch(word -> standsAlone(text, from, startOf(word, text, from, separatorsBefore(text, from, start))));
  }

  /** Where the word begins if the text before {@code end} ends with it; else -1. */
  private static int startOf(String word, String text, int from, int end) {
    int at = end;
    for (int i = word.length() - 1; i >= 0; i--) {
      at = i == word.length() - 1 ? at : separatorsBefore(text, from, at);
      if (at <= from || Character.toLowerCase(text.charAt(at - 1)) != word.charAt(i)) {
        return -1;
      }
      at--;
    }
    return at;
  }

  private static int separatorsBefore(String text, int from, int end) {
    return end > from && "_-. ".indexOf(text.charAt(end - 1)) >= 0 ? end - 1 : end;
  }

  private static boolean standsAlone(String text, int from, int start) {
    return start >= 0
        && (start == from
            || !Character.isLetterOrDigit(text.charAt(start - 1))
            || Character.isLowerCase(text.charAt(start - 1)) && Character.isUpperCase(text.charAt(start)));
  }
}
