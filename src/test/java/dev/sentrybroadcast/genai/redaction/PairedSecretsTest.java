package dev.sentrybroadcast.genai.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Redaction;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that do not stand directly behind their key, and what looks like them. */
final class PairedSecretsTest {

  private static final Redactor ALL = new Redactor(Redaction.ALL);

  private static String redacted(String text) {
    return ALL.text(text, new RedactionCounts()).replace("secret_field", "s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "curl -u user:secret https://example.com | curl -u user:[s] https://example.com",
        "curl -s --user 'ana:pa ss' -v | curl -s --user 'ana:[s]' -v",
        "curl --user=ana:x1 -v | curl --user=ana:[s] -v",
        "curl -X POST \\\\\\n -uana:hunter2 h | curl -X POST \\\\\\n -uana:[s] h",
        "run(\"curl -u a:b9 h\") | run(\"curl -u a:[s] h\")",
        "[\"curl\", \"-u\", \"a:b9\", \"h\"] x | [\"curl\", \"-u\", \"a:[s]\", \"h\"] x",
        "curl -u ana@example.com:b9 h | curl -u [email]:[s] h",
        "r = get(u, auth=(\"user\",\"secret\")) | r = get(u, auth=(\"user\",\"[s]\"))",
        "HTTPBasicAuth('a', 'b c') | HTTPBasicAuth('a', '[s]')",
        "'auth' => ['a', 'b'], | 'auth' => ['a', '[s]'],",
        "httpx.get(u, auth = ('ana@example.com', 'b')) | httpx.get(u, auth = ('[email]', '[s]'))",
        "<add key=\"Password\" value=\"a b\" /> | <add key=\"Password\" value=\"[s]\" />",
        "<add value='a b' type='x' key='DbPassword'/> | <add value='[s]' type='x' key='DbPassword'/>",
        "key=\"Password\" value=\"x\" | key=\"Password\" value=\"[s]\"",
        "<input name=\"api_key\" id=\"k\" value=\"a\"> | <input name=\"api_key\" id=\"k\" value=\"[s]\">",
        "<password>correct horse</password> | <password>[s]</password>",
        "<w:Password Type=\"a\">x y</w:Password> | <w:Password Type=\"a\">[s]</w:Password>",
        "<password><![CDATA[x<y]]></password> | <password><![CDATA[[s]]]></password>",
        "so {\"value\": \"a b\", \"name\": \"Authorization\"} it is | so {\"value\": \"[s]\", \"name\": \"Authorization\"} it is",
        "so {\"Key\": \"token\", \"Value\": \"a b\"} it is | so {\"Key\": \"token\", \"Value\": \"[s]\"} it is",
        "so {\\\"name\\\": \\\"token\\\", \\\"value\\\": \\\"a b\\\"} it | so {\\\"name\\\": \\\"token\\\", \\\"value\\\": \\\"[s]\\\"} it",
        "headers=[(\"Authorization\", \"Token abc\")] | headers=[(\"Authorization\", \"[s]\")]",
        "so [\"X-Api-Key\", \"a1b2c3d4\"] | so [\"X-Api-Key\", \"[s]\"]",
        "so {\"passwords\": [\"a b\", \"c\"], \"n\": 1} it is | so {\"passwords\": [\"[s]\"], \"n\": 1} it is",
        "so [\"Cookie\", \"a=b\"] and ('X-Auth-Token', 'a1b') | so [\"Cookie\", \"[s]\"] and ('X-Auth-Token', '[s]')",
        "secrets: ['a'] | secrets: ['[s]']",
        "{\"value\": \"x\", \"name\": \"Authorization\"} | {\"value\": \"[s]\", \"name\": \"Authorization\"}",
        "{\"value\": 7.5, \"on\": \"a@b.co\", \"Key\": \"pin\"} | {\"value\": \"[s]\", \"on\": \"[email]\", \"Key\": \"pin\"}",
        "{\"value\": \"a@b.co x\", \"n\": [1], \"key\": \"pin\", \"z\": \"a@b.co\"} | {\"value\": \"[s]\", \"n\": [1], \"key\": \"pin\", \"z\": \"[email]\"}",
        "{\"Name\": \"pin\", \"Value\": [\"x\"]} | {\"Name\": \"pin\", \"Value\": [\"[s]\"]}",
        "[[\"Authorization\", \"Basic abcd\"], [\"Host\", \"example.com\"]] | [[\"Authorization\", \"[s]\"], [\"Host\", \"example.com\"]]",
        "[\"Host\", \"h\", \"x-api-key\", \"12345678\", \"n\"] | [\"Host\", \"h\", \"x-api-key\", \"[s]\", \"n\"]",
      })
  void text_isRedacted(String text, String expected) {
    assertThat(redacted(text)).isEqualTo(expected);
    assertThat(redacted(expected.replace("[s]", "[secret_field]"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker run -u 1000:1000 image",
        "git push -u origin main:dev",
        "curl -u $USER:$PASS https://example.com",
        "curl -u \"${KEY}:\" -U <user>:<password>",
        "curl --url https://example.com:8443/x",
        "requireAuth(\"admin\", \"editor\")",
        "os.environ.get(\"API_KEY\", \"none\") or t(\"password\", \"Passwort\")",
        "{\"required\": [\"password\", \"username\", \"token\", \"address_2\", \"line1\"]}",
        "columns [\"password\", \"created_at\"] of [\"token\", \"varchar(255)\"]",
        "<password></password> <token/> <password>string</password>",
        "List<Token> tokens = next(); if (a < b) { }",
        "<add key=\"a\" value=\"x\"/><add key=\"Password\" value=\"\"/>",
        "{\"name\": \"get_weather\", \"value\": \"x\"} and {\"value\": \"x\", \"name\": \"city\"}",
        "{\"value\": \"x\"}, {\"name\": \"password\"} as text",
        "{\"value\": \"x\", \"name\": \"city\", \"key\": \"a\"}",
        "tokens = [\"the\", \"cat\"]; secrets: [\"DB_PASSWORD\"]",
      })
  void ordinaryText_stays(String text) {
    assertThat(redacted(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyText_secondPassChangesNothing(int seed) {
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "curl ",
            " -u ",
            "--user ",
            "a:b",
            ":",
            "auth=(",
            "[",
            "(",
            ")",
            "]",
            "\"",
            "'",
            ", ",
            "\"x\"",
            "\"Authorization\"",
            "\"ana@example.com\"",
            "passwords",
            "<password>",
            "</password>",
            "<![CDATA[",
            "]]>",
            "name=",
            "key: ",
            "value=",
            "\"value\":",
            "\"name\":",
            "{",
            "}",
            "a1b2c3d4",
            "\\",
            "\\\"",
            "\n",
            "[email]",
            "10.1.2.3",
            "?code=",
            "&q=a+b",
            "+",
            "1111",
            "４",
            "%20",
            ".0",
            "=",
            "<",
            ">",
            " ",
            "the secret: ",
            "love");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(16); n >= 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      String once = ALL.text(text.toString(), new RedactionCounts());

      assertThat(ALL.text(once, new RedactionCounts()))
          .as("seed %d, text %d", seed, i)
          .isEqualTo(once);
    }
  }
}
