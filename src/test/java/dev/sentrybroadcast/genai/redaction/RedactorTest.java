package dev.sentrybroadcast.genai.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {

  private static final SecretKey KEY =
      new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "HmacSHA256");
  private static final Redactor ALL = new Redactor(Redaction.ALL);

  private static String redacted(String text) {
    return ALL.text(text, new RedactionCounts());
  }

  private static String withKey(String text) {
    return new Redactor(new Redaction(Redaction.ALL.kinds(), Map.of(), KEY))
        .text(text, new RedactionCounts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mail ana@example.com or bob@example.org | mail [email] or [email]",
        "https://example.com/?email=ana%40example.com&x=1 | https://example.com/?email=[email]&x=1",
        "call +1 (415) 555-0123. | call [phone].",
        "Authorization: Bearer abc.def | Authorization: [secret_field]",
        "curl -H 'Authorization: token abcdef' -v | curl -H 'Authorization: [secret_field]' -v",
        "https://user:pa55@example.com/x?page=2&sig=aB1%2F&b=c | https://[url_secret]@example.com/x?page=2&sig=[url_secret]&b=c",
        "10.0.0.1:80 and 1.2.3.4, not v1.2.3.4 | [ip]:80 and [ip], not v1.2.3.4",
        "10.1.2.3/10.1.2.4, 10.1.2.3/24, App/10.1.2.3 | [ip]/[ip], [ip]/24, App/10.1.2.3",
        "said \\nana@example.com\\tin a quote | said \\n[email]\\tin a quote",
        "{\"to\": [\"ana@example.com\", 4111111111111111]} | {\"to\": [\"[email]\", \"[card]\"]}",
        "{\"ana@example.com\":  1.50, \"x\":null} | {\"[email]\":  1.50, \"x\":null}",
        "{\"password\": {\"a\": [\"x\", 7, true]}, \"b\": \"x\"} | {\"password\": {\"a\": [\"[secret_field]\", \"[secret_field]\", true]}, \"b\": \"x\"}",
        "{\"args\": \"{\\\"password\\\": \\\"x\\\"}\"} | {\"args\": \"{\\\"password\\\": \\\"[secret_field]\\\"}\"}",
        "{\"text\": \"ana\\u0040example.com\"} | {\"text\": \"[email]\"}",
        "{\"name\": \"api_key\", \"value\": \"x\"} | {\"name\": \"api_key\", \"value\": \"[secret_field]\"}",
        "{\"properties\": {\"password\": {\"type\": \"string\"}}} | {\"properties\": {\"password\": {\"type\": \"string\"}}}",
        "{\"phone\": 4155550123} | {\"phone\": \"[phone]\"}",
        "cut {\"password\": \"x | cut {\"password\": \"x",
        "/p?q=my%20phone%3A%20%2B49%2030%201234567&z=1 | /p?q=my%20phone%3A%20[phone]&z=1",
        "a=%7B%22password%22%3A%22x+y%22%7D | a=%7B%22password%22%3A%22[secret_field]%22%7D",
        "pay=4111+1111+1111+1111%21 or 4111.1111.1111.1111 | pay=[card]%21 or [card]",
        "login --password hunter2 --verbose | login --password [secret_field] --verbose",
        "env[\"API_KEY\"] = \"a b\"; config['password'] = 'x' | env[\"API_KEY\"] = \"[secret_field]\"; config['password'] = '[secret_field]'",
        "{\"passwords\": [\"a\", \"b\"], \"cookies\": {\"sid\": \"x\"}} | {\"passwords\": [\"[secret_field]\", \"[secret_field]\"], \"cookies\": {\"sid\": \"[secret_field]\"}}",
        "Authorization: Digest username=\"a\", response=\"b\" | Authorization: [secret_field]",
        "{\"Authorization\": f\"Bearer {token}\"} see Authorization: the chapter | {\"Authorization\": f\"Bearer {token}\"} see Authorization: the chapter",
        "https://hooks.slack.com/services/T0/B0/x and x://api.telegram.org/bot1:a/me | https://hooks.slack.com/services/[url_secret] and x://api.telegram.org/bot[url_secret]",
        "sntrys_eyJpYXQiOjE2ODczMzY1NDMuNjk4NTksInVybCI6MX0=_abcdefgh/ijk+0 x | [token] x",
        "４ 415\uFF0D555\uFF0D0123 | ４ [phone]",
        "/cb?code=4/0AX4XfWh7b9cDefGh1jKlMn&state=1, ?code=US&code=promo | /cb?code=[url_secret]&state=1, ?code=US&code=promo",
        "text=call+415+555+0123&x=1 | text=call+[phone]&x=1",
        "/p?q=call+415+555+0123&x=1, a=415+555+0123 | /p?q=call+[phone]&x=1, a=415+555+0123",
        "４１１１ １１１１ １１１１ １１１１ and ٤١١١١١١١١١١١١١١١ | [card] and [card]",
        "{\"a\": 4111111111111111.0, \"b\": 4.111111111111111E15, \"c\": 2.50} | {\"a\": \"[card]\", \"b\": \"[card]\", \"c\": 2.50}",
        "paid 4111111111111111.00, not 4111111111111111.05 | paid [card].00, not 4111111111111111.05",
        "1//0gAbCdEfGhIjKlMnOpQrStUvWxYz0123456789 a/1//0 | [token] a/1//0",
        "fw_3ZaBcDeFgHiJkLmNoPqRsT and fw_update_status_code_v2_final | [token] and fw_update_status_code_v2_final",
        "EAAGm0PX4ZCpsBAKZCdEfGhIjKlMnOpQrStUvWxYz0123456789aBcDeFgHiJkLmNoPq | [token]",
        "The secret: love | The secret: love",
        "the secret: hunTer | the secret: [secret_field]",
        "my password: swordfish | my password: [secret_field]",
        "openssl -passout pass:swordfish | openssl -passout pass:[secret_field]",
        "token: swordfish | token: [secret_field]",
        "PASSWORD=love, the token=love | PASSWORD=[secret_field], the token=[secret_field]",
        "order 1234 5678 9012 3456, pass: 12 tests | order 1234 5678 9012 3456, pass: 12 tests",
      })
  void text_isRedacted(String text, String expected) {
    assertThat(redacted(text)).isEqualTo(expected);
  }

  @Test
  void json_nothingFound_isTheSameText() {
    String json = "{ \"a\" : [1.0, 2e3, \"x\\u0041\"] }";

    assertThat(ALL.json(json, new RedactionCounts())).isSameAs(json);
  }

  @Test
  void json_string_staysAString() {
    assertThat(ALL.json("\"ana@example.com \\\"x\\\"\"", new RedactionCounts()))
        .isEqualTo("\"[email] \\\"x\\\"\"");
  }

  /** Deeper than JSON is read in JSON, a field is still found as text. */
  @Test
  void json_inJsonManyTimes_isRedacted() {
    String json = "{\"password\":\"x9\",\"mail\":\"ana@example.com\"}";
    for (int depth = 0; depth < 6; depth++) {
      json = "{\"in\":\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    assertThat(redacted(json)).doesNotContain("x9", "ana@").contains("[secret_field]", "[email]");
  }

  @Test
  void counts_areByKind() {
    RedactionCounts counts = new RedactionCounts();

    ALL.text("a@example.com b@example.com 10.1.2.3", counts);

    assertThat(counts.byName()).containsExactly(Map.entry("email", 2L), Map.entry("ip", 1L));
  }

  @ParameterizedTest
  @EnumSource
  void kind_alone_isFound_andNotWhenLeftOut(Kind kind) {
    String text = RedactionCorpus.text(kind, 7);
    Redactor alone = new Redactor(new Redaction(EnumSet.of(kind), Map.of(), null));
    Redactor without =
        new Redactor(new Redaction(EnumSet.complementOf(EnumSet.of(kind)), Map.of(), null));

    assertThat(alone.text(text, new RedactionCounts())).contains("[" + kind.id() + "]");
    assertThat(without.text(text, new RedactionCounts())).doesNotContain("[" + kind.id() + "]");
  }

  /** Computed with: printf %s VALUE | openssl dgst -sha256 -hmac 0123456789abcdef. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ana@Example.COM | [email:462405]",
        "ana%40example.com | [email:462405]",
        "x=%20Ana%40example%2Ecom%20 | x=%20[email:462405]%20",
        "4111-1111-1111-1111 | [card:6ab68c]",
        "4111 1111 1111 1111 | [card:6ab68c]",
      })
  void pseudonym_isOfTheNormalizedValue(String text, String expected) {
    assertThat(withKey(text)).isEqualTo(expected);
  }

  @Test
  void pseudonyms_ofSpellings_areEqual_andOfOthersDiffer() {
    assertThat(withKey("+49 30 1234567")).isEqualTo(withKey("0049 30 1234567"));
    assertThat(withKey("DE89 3704 0044 0532 0130 00")).isEqualTo(withKey("DE89370400440532013000"));
    assertThat(withKey("ana@example.com")).isNotEqualTo(withKey("bob@example.com"));
    assertThat(withKey("ana@example.com").length()).isEqualTo("[email:123456]".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[email:7f3a9c]",
        "password: [secret_field:123456] x",
        "token=[token:123456]",
        "[order:123456]",
        "[phone] 1",
      })
  void replacement_ofAnEarlierPass_stays(String text) {
    Redactor redactor =
        new Redactor(
            new Redaction(
                Redaction.ALL.kinds(), Map.of("order", "[0-9]{6}", "words", "[a-z]{4,}: "), KEY));

    String once = redactor.text(text, new RedactionCounts());

    assertThat(redactor.text(once, new RedactionCounts())).isEqualTo(once);
    assertThat(text.startsWith("[") ? once.substring(0, text.indexOf(']')) : text)
        .isEqualTo(text.startsWith("[") ? text.substring(0, text.indexOf(']')) : text);
  }

  @Test
  void bracketsOfOthers_areNoReplacement() {
    assertThat(redacted("password=[hunter2]")).isEqualTo("password=[hunter2]");
    assertThat(redacted("{\"password\": \"[hunter2]\"}"))
        .isEqualTo("{\"password\": \"[secret_field]\"}");
  }

  @Test
  void ownPatterns_areFound_andJoinedWithWhatOverlaps() {
    Redactor redactor =
        new Redactor(
            new Redaction(
                EnumSet.of(Kind.EMAIL),
                Map.of("order", "ORD-[0-9]{8}", "host", "@[a-z.]+ now"),
                null));
    RedactionCounts counts = new RedactionCounts();

    assertThat(redactor.text("ORD-12345678 of ana@example.com now, ORD-1", counts))
        .isEqualTo("[order] of [email], ORD-1");
    assertThat(counts.byName()).containsOnlyKeys("order", "email");
    assertThat(redactor.json("{\"ORD-12345678\":[\"ORD-87654321\"]}", counts))
        .isEqualTo("{\"[order]\":[\"[order]\"]}");
  }

  /** No input fails, is read without end, or loses what is not redacted. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void anyText_secondPassChangesNothing(int seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "@",
      "a",
      "b.co",
      "1",
      "12",
      "-",
      " ",
      ":",
      "=",
      "\"",
      "'",
      "\\",
      "{",
      "}",
      "[",
      "]",
      "[email]",
      "://",
      "?",
      "&",
      "%40",
      "%20",
      "%3D",
      "%2B49 30 1234567",
      "--password ",
      "hooks.slack.com/services/",
      "+",
      "(",
      ")",
      "sk-",
      "eyJ",
      ".",
      "password",
      "token",
      "key",
      "4111 1111 1111 1111",
      "\n",
      "\\n",
      "-----BEGIN PRIVATE KEY-----",
      "é",
      "密码",
      "\uD83D\uDE00",
      "::",
      "fe80",
      ",",
      "Bearer ",
      ">",
      "<",
      "_"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String once = redacted(text.toString());

      assertThat(redacted(once)).as("seed %d, text %d", seed, i).isEqualTo(once);
    }
  }
}
