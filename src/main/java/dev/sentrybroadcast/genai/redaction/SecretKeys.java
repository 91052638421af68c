package dev.sentrybroadcast.genai.redaction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of fields and parameters whose values are secrets. */
final class SecretKeys {

  /** How many characters of a key are looked at. */
  static final int MOST_KEY = 64;

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
          credentials clientassertion connectionstring securitycode \
          passwords secrets apikeys cookies secretkeybase\
          """);

  /** Short ones stand for themselves: {@code pin}, but not {@code spin}. */
  private static final List<String> WHOLE = words("pwd pass pin otp cvv cvc cvv2 auth sid jwt pw");

  /** Parameters of signed addresses. */
  private static final List<String> IN_QUERY =
      words("sig signature key xamzcredential xgoogcredential sas");

  /** Tokens of pages, of a vocabulary and of limits. */
  private static final List<String> NO_SECRET_TOKENS =
      words(
          "page next nextpage continuation pagination eos bos pad stop cls sep mask unk max special image prompt per sync");

  /** Those that stand in sentences about other things, too. */
  private static final List<String> ORDINARY =
      words("secret secrets token pin pass auth credential credentials cookie");

  private static final Node LAST = new Node();

  static {
    ENDINGS.forEach(word -> add(word, false, false));
    WHOLE.forEach(word -> add(word, true, false));
    IN_QUERY.forEach(word -> add(word, true, true));
  }

  /**
   * @param isWhole whether no letter may stand before it
   */
  private record Word(String text, boolean isWhole, boolean inQuery) {}

  /** A letter of words, which are read from their ends. */
  private static final class Node {

    final Map<Character, Node> before = new HashMap<>();
    @Nullable Word word;
  }

  private SecretKeys() {}

  private static List<String> words(String list) {
    return List.of(list.strip().split(" ", -1));
  }

  private static void add(String text, boolean isWhole, boolean inQuery) {
    Node node = LAST;
    for (int i = text.length() - 1; i >= 0; i--) {
      node = node.before.computeIfAbsent(text.charAt(i), _ -> new Node());
    }
    node.word = new Word(text, isWhole, inQuery);
  }

  static boolean isSecret(String key) {
    return endsAt(key, 0, key.length());
  }

  /** Whether the text before {@code end} ends with a secret key. */
  static boolean endsAt(String text, int from, int end) {
    return endsAt(text, from, end, /* inQuery= */ false);
  }

  /** Whether this is a parameter of an address whose value is a secret. */
  static boolean isQueryParameter(String text, int start, int end) {
    return endsAt(text, start, end, /* inQuery= */ true);
  }

  private static boolean endsAt(String text, int from, int end, boolean inQuery) {
    if (end == from || !Character.isLetterOrDigit(text.charAt(end - 1))) {
      return false;
    }
    Node node = LAST;
    int at = end;
    while (at > from) {
      node = node.before.get(Character.toLowerCase(text.charAt(at - 1)));
      if (node == null) {
        return false;
      }
      at--;
      if (node.word != null && matches(node.word, text, from, at, inQuery)) {
        return true;
      }
      at = separatorsBefore(text, from, at);
    }
    return false;
  }

  private static boolean matches(Word word, String text, int from, int start, boolean inQuery) {
    return (inQuery || !word.inQuery)
        && (!word.isWhole || standsAlone(text, from, start))
        && !(word.text.equals("token") && isOtherToken(text, from, start));
  }

  /** Whether what follows in a sentence may be no secret: {@code the secret: love}. */
  static boolean isOrdinaryWord(String text, int from, int end) {
    for (String word : ORDINARY) {
      if (endsWith(word, text, from, end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the key is one of HTTP's headers with this name. */
  static boolean endsWith(String header, String text, int from, int end) {
    return startOf(header, text, from, end) >= 0;
  }

  private static boolean isOtherToken(String text, int from, int start) {
    int end = separatorsBefore(text, from, start);
    if (end == from || !Character.isLetter(text.charAt(end - 1))) {
      return false;
    }
    for (String word : NO_SECRET_TOKENS) {
      if (standsAlone(text, from, startOf(word, text, from, end))) {
        return true;
      }
    }
    return false;
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
            || (Character.isLowerCase(text.charAt(start - 1))
                && Character.isUpperCase(text.charAt(start))));
  }
}
