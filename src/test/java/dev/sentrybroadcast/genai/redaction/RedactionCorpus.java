package dev.sentrybroadcast.genai.redaction;

import dev.sentrybroadcast.generation.Redaction.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Made-up sentences with one value of a known kind each, and ordinary text with none. The seed is
 * fixed, so the corpus is the same everywhere. Check digits are made here, by other code than the
 * code that checks them.
 */
final class RedactionCorpus {

  static final long SEED = 20_261_130;
  private static final int OF_EACH_KIND = 400;
  private static final int NEGATIVES = 6_000;

  /**
   * @param kind of the value; null for ordinary text
   * @param value what must not be left in the text; empty for ordinary text
   */
  record Sample(@Nullable Kind kind, String text, String value) {}

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
  private static final String DIGITS = "0123456789";
  private static final String ALNUM = UPPER + LOWER + DIGITS;
  private static final String HEX = "0123456789abcdef";

  private static final List<String> NAMES =
      List.of(
          "ana", "bob", "chen", "dmitri", "elif", "fatima", "giulia", "hans", "ines", "jürgen",
          "kofi", "lena");

  private static final List<String> HOSTS =
      List.of(
          "example.com",
          "mail.example.org",
          "firma-beispiel.de",
          "correo.es",
          "example.co.uk",
          "posta.com.tr",
          "uni.edu",
          "example.io",
          "例え.jp");

  /** Around a value that explains itself. */
  private static final List<String> PLAIN =
      List.of(
          "%s",
          "Please use %s for this.",
          "(%s)",
          "My details: %s, thanks!",
          "Hallo, hier ist es: %s. Danke!",
          "Mis datos son %s y nada más.",
          "voici : %s",
          "「%s」です。",
          "1. first\n2. %s\n3. last",
          "| id | %s |\n",
          "> quoted: %s",
          "<p>%s</p>",
          "{\"answer\": \"%s\"}",
          "{\"a\": {\"b\": [\"x\", \"%s\"]}}",
          "'%s'",
          "value=%s;",
          "Here is the JSON: {\"note\": \"see %s\"} as asked.",
          "я написал %s вчера",
          "最新：%s。",
          "line one\\n%s\\nline three");

  private final Random random;

  private RedactionCorpus(long seed) {
    random = new Random(seed);
  }

  static List<Sample> positives() {
    RedactionCorpus corpus = new RedactionCorpus(SEED);
    List<Sample> samples = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < OF_EACH_KIND; i++) {
        samples.add(corpus.positive(kind));
      }
    }
    return samples;
  }

  static List<Sample> negatives() {
    RedactionCorpus corpus = new RedactionCorpus(SEED + 1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < NEGATIVES; i++) {
      samples.add(new Sample(null, corpus.negative(), ""));
    }
    return samples;
  }

  /** A text with a value of this kind. */
  static String text(Kind kind, long seed) {
    return new RedactionCorpus(seed).positive(kind).text();
  }

  /** The kind's values in a sentence. */
  private Sample positive(Kind kind) {
    return switch (kind) {
      case EMAIL -> in(kind, email(), PLAIN);
      case PHONE -> phone();
      case CARD -> in(kind, card(), PLAIN);
      case IBAN -> in(kind, iban(), PLAIN);
      case NATIONAL_ID -> nationalId();
      case IP ->
          in(
              kind,
              ip(),
              List.of(
                  "%s",
                  "from %s to host",
                  "client_ip: %s",
                  "[%s] GET /",
                  "\"%s\"",
                  "http://%s/x",
                  "ssh root@%s",
                  "{\"ip\":\"%s\"}",
                  "%s:8080 refused",
                  "IP-Adresse %s gesperrt",
                  "blocked %s, again"));
      case URL_SECRET -> urlSecret();
      case PRIVATE_KEY -> privateKey();
      case JWT -> in(kind, jwt(), PLAIN);
      case TOKEN -> in(kind, token(), PLAIN);
      case SECRET_FIELD -> secretField();
    };
  }

  private Sample in(Kind kind, String value, List<String> templates) {
    String template = pick(templates);
    boolean isJson = template.startsWith("{");
    return new Sample(
        kind,
        template.replace(
            "%s",
            isJson
                ? value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                : value),
        value);
  }

  private String email() {
    String name = pick(NAMES);
    String local =
        pick(
            List.of(
                name,
                name + "." + pick(NAMES),
                name + digits(2),
                name + "+news",
                name.charAt(0) + "_" + pick(NAMES),
                name.toUpperCase(Locale.ROOT),
                name + "-" + digits(4)));
    return local + "@" + pick(HOSTS);
  }

  private Sample phone() {
    String us = area() + "-" + area() + "-" + digits(4);
    String separated = us.replace("-", pick(List.of(" ", ".", "-", "\u2011")));
    List<Supplier<String>> alone =
        List.of(
            () -> "+1" + us.replace("-", ""),
            () -> "+1 " + separated,
            () -> separated,
            () -> "(" + us.substring(0, 3) + ") " + us.substring(4),
            () -> "+49 " + first("1357") + digits(2) + " " + digits(7),
            () -> "+44 20 " + first("3789") + digits(3) + " " + digits(4),
            () -> "+33 " + first("1679") + pairs(4),
            () -> "0" + first("1679") + pairs(4),
            () -> "0" + first("1346789") + digits(2) + "/" + digits(7),
            () -> "030 " + digits(7),
            () -> "+919" + digits(9),
            () -> "+55 11 9" + digits(4) + "-" + digits(4),
            () -> "(11) 9" + digits(4) + "-" + digits(4),
            () -> "+81-90-" + digits(4) + "-" + digits(4),
            () -> "090-" + digits(4) + "-" + digits(4),
            () -> "+86 13" + digits(1) + " " + digits(4) + " " + digits(4),
            () -> "07" + digits(3) + " " + digits(6),
            () -> "020 7" + digits(3) + " " + digits(4),
            () -> "+34 6" + digits(2) + pairs(3),
            () -> "+7 (9" + digits(2) + ") " + digits(3) + "-" + digits(2) + "-" + digits(2),
            () -> "+971 50 " + digits(3) + " " + digits(4),
            () -> "0049 30 " + digits(7),
            () -> "1-" + us,
            () -> "06-" + digits(8));
    List<Supplier<String>> announced =
        List.of(
            () -> "6" + digits(2) + " " + digits(3) + " " + digits(3),
            () -> area() + area() + digits(4),
            () -> "13" + digits(9),
            () -> "0171" + digits(7),
            () -> first("23") + digits(1) + pairs(3),
            () -> first("789") + digits(4) + " " + digits(5),
            () -> "0" + first("789") + digits(9));
    if (random.nextInt(3) > 0) {
      return in(Kind.PHONE, pick(alone).get(), PLAIN);
    }
    return in(
        Kind.PHONE,
        pick(announced).get(),
        List.of(
            "Tel. %s",
            "my phone number is %s",
            "Telefon: %s",
            "WhatsApp me at %s please",
            "teléfono %s",
            "Handy: %s",
            "{\"phone\": \"%s\"}",
            "{\"phoneNumber\": \"%s\"}",
            "{\"mobile_number\":\"%s\"}",
            "电话%s",
            "mobile=%s",
            "téléphone : %s"));
  }

  private String card() {
    String prefix =
        pick(List.of("4", "4", "51", "55", "2221", "34", "37", "6011", "36", "3530", "62", "65"));
    int length =
        prefix.startsWith("34") || prefix.equals("37") ? 15 : prefix.equals("36") ? 14 : 16;
    String card = luhn(prefix + digits(length - 1 - prefix.length()));
    String separator = pick(List.of("", " ", "-"));
    int[] groups =
        length == 16
            ? new int[] {4, 4, 4, 4}
            : length == 15 ? new int[] {4, 6, 5} : new int[] {4, 6, 4};
    return grouped(card, separator, groups);
  }

  private String iban() {
    String country = pick(List.of("DE", "GB", "FR", "NL", "ES", "CH", "PL", "SE", "SA", "NO"));
    String body =
        switch (country) {
          case "DE" -> digits(18);
          case "GB" -> letters(4) + digits(14);
          case "FR" -> digits(10) + upper(11) + digits(2);
          case "NL" -> letters(4) + digits(10);
          case "ES", "SE" -> digits(20);
          case "CH" -> digits(5) + upper(12);
          case "PL" -> digits(24);
          case "SA" -> digits(2) + upper(18);
          default -> digits(11);
        };
    StringBuilder numeric = new StringBuilder();
    for (char c : (body + country + "00").toCharArray()) {
      numeric.append(Character.getNumericValue(c));
    }
    int check =
        98
            - new java.math.BigInteger(numeric.toString())
                .mod(java.math.BigInteger.valueOf(97))
                .intValue();
    String iban = country + "%02d".formatted(check) + body;
    return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private Sample nationalId() {
    List<Supplier<String>> alone =
        List.of(
            () -> socialSecurity("-"),
            this::cpf,
            this::nir,
            this::dni,
            this::nie,
            this::codiceFiscale,
            this::nino,
            this::ahv,
            this::aadhaar,
            this::korea,
            this::china,
            this::finland,
            this::belgium,
            this::norway,
            this::singapore,
            () -> sweden("-"),
            this::curp);
    if (random.nextInt(3) > 0) {
      return in(Kind.NATIONAL_ID, pick(alone).get(), PLAIN);
    }
    return switch (random.nextInt(8)) {
      case 0 ->
          in(
              Kind.NATIONAL_ID,
              socialSecurity(""),
              List.of("SSN: %s", "my social security number is %s", "{\"ssn\": \"%s\"}", "ssn=%s"));
      case 1 ->
          in(
              Kind.NATIONAL_ID,
              bsn(),
              List.of("BSN %s", "Mijn burgerservicenummer is %s.", "{\"bsn\":\"%s\"}"));
      case 2 ->
          in(
              Kind.NATIONAL_ID,
              pesel(),
              List.of("PESEL: %s", "numer PESEL %s", "{\"pesel\": \"%s\"}"));
      case 3 ->
          in(
              Kind.NATIONAL_ID,
              nhs(),
              List.of("NHS number %s", "NHS No. %s", "{\"nhs_number\": \"%s\"}"));
      case 4 ->
          in(
              Kind.NATIONAL_ID,
              cpf().replaceAll("[.-]", ""),
              List.of("CPF %s", "meu cpf é %s", "{\"cpf\": \"%s\"}"));
      case 5 ->
          in(
              Kind.NATIONAL_ID,
              aadhaar().replace(" ", ""),
              List.of("Aadhaar %s", "aadhaar no: %s", "{\"aadhaar\": \"%s\"}"));
      case 6 -> in(Kind.NATIONAL_ID, sweden(""), List.of("personnummer %s", "Personnr: %s"));
      default ->
          in(
              Kind.NATIONAL_ID,
              luhn(first("123456789") + digits(7)),
              List.of("SIN: %s", "Social Insurance Number %s"));
    };
  }

  private String ip() {
    if (random.nextInt(3) > 0) {
      return (1 + random.nextInt(120))
          + "."
          + random.nextInt(256)
          + "."
          + random.nextInt(256)
          + "."
          + (1 + random.nextInt(254));
    }
    return pick(List.<Supplier<String>>of(
            () -> "2001:db8::" + hex(4),
            () -> "fe80::" + hex(4) + ":" + hex(4) + ":" + hex(4) + ":" + hex(4),
            () ->
                "2a02:" + hex(4) + ":" + hex(4) + ":" + hex(4) + ":" + hex(4) + ":" + hex(4) + ":"
                    + hex(4) + ":" + hex(4)))
        .get();
  }

  private Sample urlSecret() {
    String secret = alnum(8 + random.nextInt(24)) + digits(1);
    return in(
        Kind.URL_SECRET,
        secret,
        List.of(
            "https://user:%s@example.com/x",
            "postgres://app:%s@db.internal:5432/prod",
            "redis://:%s@cache:6379",
            "git clone https://oauth2:%s@gitlab.example.com/a/b.git",
            "https://api.example.com/v1?access_token=%s&x=1",
            "GET /v1/items?page=2&api_key=%s HTTP/1.1",
            "https://s3.example.com/b/o?X-Amz-Signature=%s",
            "https://x.blob.example.net/c/b?sv=2024&sig=%s&se=2027",
            "wss://example.com/socket?token=%s",
            "see https://example.com/cb?state=1&client_secret=%s.",
            "{\"url\": \"https://u:%s@h.example.com/\"}",
            "amqps://svc:%s@mq.example.com/vhost"));
  }

  private Sample privateKey() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      body.append(alnum(62)).append("+/\n");
    }
    String label =
        pick(
            List.of(
                "RSA PRIVATE KEY",
                "PRIVATE KEY",
                "EC PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK"));
    String secret = body.substring(0, 60);
    String pem = "-----BEGIN " + label + "-----\n" + body + "-----END " + label + "-----";
    String text =
        switch (random.nextInt(5)) {
          case 0 -> "Here is my key:\n" + pem + "\nPlease check it.";
          case 1 -> "{\"pem\": \"" + pem.replace("\n", "\\n") + "\"}";
          case 2 -> pem;
          case 3 -> pem.substring(0, pem.length() - 60);
          default -> "KEY='" + pem.replace("\n", "\\n") + "' ./run";
        };
    return new Sample(Kind.PRIVATE_KEY, text, secret);
  }

  private String jwt() {
    return "eyJ"
        + alnum(33)
        + ".eyJ"
        + alnum(60 + random.nextInt(80))
        + "."
        + alnum(20)
        + "_-"
        + alnum(21);
  }

  private String token() {
    return pick(List.<Supplier<String>>of(
            () -> "AKIA" + pick(List.of("I", "J")) + base32(15),
            () -> "ghp_" + alnum(36),
            () -> "github_pat_" + alnum(22) + "_" + alnum(59),
            () -> "glpat-" + alnum(20),
            () -> "xoxb-" + digits(12) + "-" + digits(12) + "-" + alnum(24),
            () -> "sk_live_" + alnum(24),
            () -> "sk-proj-" + alnum(48),
            () -> "sk-ant-api03-" + alnum(60) + "AA",
            () -> "sk-or-v1-" + hex(64),
            () -> "AIza" + alnum(35),
            () -> "npm_" + alnum(36),
            () -> "pypi-AgEIcHlwaS5vcmc" + alnum(80),
            () -> "hf_" + alnum(34),
            () -> "SG." + alnum(22) + "." + alnum(43),
            () -> "SK" + hex(32),
            () -> "sntrys_" + alnum(60),
            () -> "dop_v1_" + hex(64),
            () -> "gsk_" + alnum(52),
            () -> "Bearer " + alnum(40) + "7",
            () -> "ASIA" + base32(16),
            () -> "shpat_" + hex(32),
            () -> "whsec_" + alnum(32)))
        .get();
  }

  private Sample secretField() {
    String secret =
        pick(List.<Supplier<String>>of(
                () -> alnum(10) + digits(1),
                () -> pick(NAMES) + digits(3) + "!",
                () -> "S3cr3t#" + alnum(4),
                () -> hex(32),
                () -> "correct-" + pick(NAMES) + "-" + digits(2)))
            .get();
    return in(
        Kind.SECRET_FIELD,
        secret,
        List.of(
            "{\"password\": \"%s\"}",
            "{\"user\":\"x\",\"apiKey\":\"%s\"}",
            "{\"db\": {\"credentials\": {\"value\": \"%s\"}}}",
            "{\"headers\": {\"Authorization\": \"%s\"}}",
            "DB_PASSWORD=%s",
            "export STRIPE_SECRET=%s\n",
            "password: %s",
            "client_secret: %s\nother: 1",
            "api_key = \"%s\"",
            "Authorization: Basic %s",
            "Cookie: session=%s; theme=dark",
            "curl -H 'X-Api-Key: %s' https://example.com",
            "{\"args\": \"{\\\"password\\\": \\\"%s\\\"}\"}",
            "Server=db;User=sa;Password=%s;Encrypt=true",
            "<password>%s</password>",
            "Passwort: %s",
            "contraseña: %s",
            "密码：%s",
            "mot de passe : %s",
            "The call was login({\"user\": \"ana\", \"pwd\": \"%s\"}) and failed.",
            "{\"name\": \"api_key\", \"value\": \"%s\"}",
            "'secret' => '%s',",
            "x-auth-token: %s",
            "Proxy-Authorization: Token %s"));
  }

  /** Ordinary text of many kinds, with nothing to redact. */
  private String negative() {
    List<Supplier<String>> forms =
        List.of(
            () -> "commit " + hex(40) + " Merge branch 'main'",
            () -> "sha256:" + hex(64),
            () -> "id " + new UUID(random.nextLong(), random.nextLong()),
            () -> "upgrade from " + version(3) + " to v" + version(3),
            () -> "version " + version(4) + " of the driver",
            () ->
                "Chrome/"
                    + (90 + random.nextInt(40))
                    + ".0."
                    + digits(4)
                    + "."
                    + digits(2)
                    + " Safari/537.36",
            () -> "implementation 'com.example:lib:" + version(3) + "'",
            () -> "numpy==" + version(3) + "\npandas>=" + version(3),
            () -> "Order #" + digits(8) + " was shipped",
            () -> "Bestellnummer " + digits(3) + "-" + digits(7) + "-" + digits(7),
            () -> "Invoice INV-" + (2000 + random.nextInt(30)) + "-" + digits(5),
            () -> "ticket ABC-" + digits(4),
            () -> "order " + digits(10) + " and " + digits(12),
            () ->
                "The price is $"
                    + digits(1)
                    + ","
                    + digits(3)
                    + "."
                    + digits(2)
                    + " or "
                    + digits(2)
                    + ",99 €",
            () -> "1.2" + digits(2) + "." + digits(3) + ",50 EUR in total",
            () ->
                "sum: "
                    + first("123456789")
                    + digits(2)
                    + " "
                    + digits(3)
                    + " "
                    + digits(3)
                    + " Kč",
            () ->
                "at 2026-"
                    + two(12)
                    + "-"
                    + two(28)
                    + "T"
                    + two(23)
                    + ":"
                    + two(59)
                    + ":"
                    + two(59)
                    + "."
                    + digits(3)
                    + "Z",
            () -> two(28) + "." + two(12) + ".2026 " + two(23) + ":" + two(59),
            () -> "epoch 17" + digits(8) + " ms 17" + digits(11) + " us 17" + digits(14),
            () -> two(12) + "/" + two(28) + "/2026, " + two(12) + ":" + two(59) + " pm",
            () -> "ISBN 978-3-16-" + digits(6) + "-" + digits(1),
            () -> "ISBN 0-306-" + digits(5) + "-" + digits(1),
            () -> "ISBN 978" + digits(10),
            () -> "DOI 10." + digits(4) + "/j." + LOWER.substring(2, 6) + ".2026." + digits(5),
            () -> "data:image/png;base64," + alnum(200) + "==",
            () -> "etag \"" + alnum(27) + "=\"",
            () ->
                "lat "
                    + random.nextInt(90)
                    + "."
                    + digits(6)
                    + ", lon -"
                    + random.nextInt(180)
                    + "."
                    + digits(6),
            () ->
                "("
                    + random.nextInt(90)
                    + "."
                    + digits(4)
                    + ", "
                    + random.nextInt(90)
                    + "."
                    + digits(4)
                    + ")",
            () ->
                "x = " + digits(3) + " + " + digits(4) + " - " + digits(2) + " * (" + digits(3)
                    + " / " + digits(2) + ")",
            () -> "3.14159265358979 and 2.71828182845905",
            () -> "f(x) = " + digits(1) + "x^2 - " + digits(2) + "x + " + digits(3),
            () -> "1e-" + digits(1) + " < p < 0." + digits(4),
            () -> "for (int i = 0; i < " + digits(2) + "; i++) { sum += a[i]::b; }",
            () -> "std::vector<std::string> v; foo::bar(ab::cd);",
            () -> "@Override public String toString() { return name + \":\" + id; }",
            () -> "a[1::2] and b[::-1], c[10:20]",
            () -> "import { x } from '@scope/pkg@" + version(3) + "'",
            () ->
                "token = tokenizer.next()\npassword = get_password()\napi_key = os.environ[\"KEY\"]",
            () -> "max_tokens: " + digits(3) + ", temperature: 0." + digits(1),
            () -> "def login(password: str, token: Optional[str] = None):",
            () -> "interface Login { password: string; remember: boolean }",
            () -> "if (password == null) throw new Error('missing password');",
            () -> "Your password must be at least 12 characters long.",
            () -> "The secret to success: hard work and patience.",
            () ->
                "{\"usage\":{\"prompt_tokens\":"
                    + digits(3)
                    + ",\"completion_tokens\":"
                    + digits(2)
                    + ",\"total_tokens\":"
                    + digits(3)
                    + "}}",
            () -> "{\"next_page_token\": \"" + alnum(20) + "\", \"items\": []}",
            () ->
                "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\"},\"token\":{\"type\":\"string\"}}}",
            () -> "How do I reset a password? Click on \"Forgot password\".",
            () -> "git clone git@github.com:example/repo.git",
            () -> "image logo@2x.png, icon@3x.svg",
            () -> "user@localhost or root@server$ ls",
            () -> "https://example.com/a/b?page=2&sort=asc#top",
            () -> "http://localhost:8080/health",
            () -> "jdbc:postgresql://db:5432/app?ssl=true",
            () -> "SKU " + letters(3) + "-" + digits(5) + "-" + letters(2),
            () -> letters(2) + digits(6) + " part number",
            () -> "flight LH" + digits(4) + " gate B" + digits(2),
            () -> "ASIN B0" + letters(1) + digits(2) + letters(3) + digits(2),
            () ->
                "MAC " + hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":"
                    + hex(2),
            () -> "room " + digits(3) + ", floor " + digits(2) + ", " + digits(5) + " Berlin",
            () -> "12345 rows in " + digits(3) + " ms, " + digits(6) + " bytes",
            () -> "call_" + alnum(24) + " chatcmpl-" + alnum(29),
            () -> "arn:aws:lambda:eu-west-1:" + digits(12) + ":function:f",
            () -> "i-" + hex(17) + " vol-" + hex(17) + " ami-" + hex(8),
            () -> "trace " + hex(32) + " span " + hex(16),
            () -> "seed " + digits(19),
            () -> "#" + hex(6) + " rgb(" + digits(2) + ", 120, 30)",
            () -> "see section 4.2.1.3 and chapter 10.1",
            () -> "score 3-2, then 21-19 21-17",
            () -> "open 9-17, Mo-Fr 08:00-12:30",
            () -> "1,234,567 users; 12 345 678 views",
            () -> "pages 123-145, vol. 12(3), 2019",
            () -> "RFC 2119, ISO 8601, EN 301 549",
            () -> "Windows 10.0." + digits(5) + "." + digits(4),
            () -> "ratio 16:9 at 1920x1080",
            () -> "sk-learn, sk-image and css .sk-circle-fade",
            () -> "npm_config_registry and hf_hub_download",
            () -> "The keys: a sorted list; the token: a word; the pin: a needle.",
            () -> "WO2019" + digits(6) + "A1 and US" + digits(8) + "B2",
            () -> "CUSIP " + digits(3) + letters(3) + digits(3),
            () -> "snowflake 1" + digits(18),
            () -> "VIN 1HGBH41JXMN1" + digits(5),
            () -> "127.0.0.1 and 0.0.0.0 and ::1",
            () -> "GTIN 400" + digits(10),
            () -> "batch 2026" + two(12) + two(28) + "-" + digits(4),
            () -> "tracking 1Z" + upper(16),
            () -> "<div class=\"a\" data-id=\"" + digits(7) + "\">",
            () -> "\\begin{equation} a_{12} = b^{34} \\end{equation}");
    return pick(forms).get();
  }

  private String socialSecurity(String separator) {
    return "%03d%s%02d%s%04d"
        .formatted(
            1 + random.nextInt(665),
            separator,
            1 + random.nextInt(99),
            separator,
            1 + random.nextInt(9999));
  }

  private String cpf() {
    int[] d = new int[11];
    for (int i = 0; i < 9; i++) {
      d[i] = random.nextInt(10);
    }
    for (int n = 9; n < 11; n++) {
      int sum = 0;
      for (int i = 0; i < n; i++) {
        sum += d[i] * (n + 1 - i);
      }
      d[n] = sum % 11 < 2 ? 0 : 11 - sum % 11;
    }
    return "%d%d%d.%d%d%d.%d%d%d-%d%d".formatted(boxed(d));
  }

  private String nir() {
    String body =
        first("12") + digits(2) + two(12) + "%02d".formatted(1 + random.nextInt(95)) + digits(6);
    String key = "%02d".formatted(97 - Long.parseLong(body) % 97);
    return random.nextBoolean() ? body + key : grouped(body + key, " ", 1, 2, 2, 2, 3, 3, 2);
  }

  private String dni() {
    String number = digits(8);
    return number + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23);
  }

  private String nie() {
    int first = random.nextInt(3);
    String number = digits(7);
    return "XYZ".charAt(first)
        + number
        + "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(first + number) % 23);
  }

  private String codiceFiscale() {
    String body =
        letters(6)
            + digits(2)
            + pick(List.of("A", "B", "C", "D", "E", "H", "L", "M", "P", "R", "S", "T"))
            + "%02d".formatted(1 + random.nextInt(31))
            + letters(1)
            + digits(3);
    int[] odd = {
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = body.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? odd[value] : value;
    }
    return body + (char) ('A' + sum % 26);
  }

  private String curp() {
    String body =
        letters(4)
            + digits(2)
            + two(12)
            + "%02d".formatted(1 + random.nextInt(28))
            + pick(List.of("H", "M"))
            + letters(5)
            + digits(1);
    String dictionary = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += dictionary.indexOf(body.charAt(i)) * (18 - i);
    }
    return body + (10 - sum % 10) % 10;
  }

  private String nino() {
    String prefix = pick(List.of("AB", "CE", "JK", "PW", "SR", "YZ"));
    String number = digits(6);
    String suffix = pick(List.of("A", "B", "C", "D"));
    return random.nextBoolean()
        ? prefix + number + suffix
        : prefix + " " + number.replaceAll("(..)(?=.)", "$1 ") + " " + suffix;
  }

  private String ahv() {
    String body = "756" + digits(9);
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (body.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return grouped(body + (10 - sum % 10) % 10, ".", 3, 4, 4, 2);
  }

  /** Tries check digits against the published tables of the Verhoeff algorithm. */
  private String aadhaar() {
    int[][] d = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
      {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
      {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
      {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
      {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
      {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
      {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
      {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
      {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    int[][] p = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
      {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
      {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
      {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };
    String body = first("23456789") + digits(10);
    for (int check = 0; check < 10; check++) {
      String number = body + check;
      int c = 0;
      for (int i = 0; i < 12; i++) {
        c = d[c][p[i % 8][number.charAt(11 - i) - '0']];
      }
      if (c == 0) {
        return grouped(number, " ", 4, 4, 4);
      }
    }
    throw new IllegalStateException();
  }

  private String korea() {
    String body =
        digits(2) + two(12) + "%02d".formatted(1 + random.nextInt(28)) + first("1234") + digits(5);
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (body.charAt(i) - '0') * (i % 8 + 2);
    }
    return grouped(body + (11 - sum % 11) % 10, "-", 6, 7);
  }

  private String china() {
    String body =
        first("123456")
            + digits(5)
            + pick(List.of("19", "20"))
            + digits(2)
            + two(12)
            + "%02d".formatted(1 + random.nextInt(28))
            + digits(3);
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (body.charAt(i) - '0') * ((1 << 17 - i) % 11);
    }
    int check = (12 - sum % 11) % 11;
    return body + (check == 10 ? "X" : check);
  }

  private String finland() {
    String date = "%02d".formatted(1 + random.nextInt(28)) + two(12) + digits(2);
    String serial = digits(3);
    return date
        + pick(List.of("-", "A"))
        + serial
        + "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(Integer.parseInt(date + serial) % 31);
  }

  private String belgium() {
    String body = digits(2) + two(12) + "%02d".formatted(1 + random.nextInt(28)) + digits(3);
    String number = body + "%02d".formatted(97 - Long.parseLong(body) % 97);
    return number.replaceFirst("(..)(..)(..)(...)(..)", "$1.$2.$3-$4.$5");
  }

  private String norway() {
    while (true) {
      String body = "%02d".formatted(1 + random.nextInt(28)) + two(12) + digits(5);
      int k1 = 11 - sum(body, 3, 7, 6, 1, 8, 9, 4, 5, 2) % 11;
      k1 = k1 == 11 ? 0 : k1;
      int k2 = 11 - sum(body + k1, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
      k2 = k2 == 11 ? 0 : k2;
      if (k1 < 10 && k2 < 10) {
        return body + k1 + k2;
      }
    }
  }

  private String singapore() {
    String number = digits(7);
    int sum = sum(number, 2, 7, 6, 5, 4, 3, 2);
    return random.nextBoolean()
        ? "S" + number + "JZIHGFEDCBA".charAt(sum % 11)
        : "G" + number + "XWUTRQPNMLK".charAt((sum + 4) % 11);
  }

  private String sweden(String separator) {
    String body = digits(2) + two(12) + "%02d".formatted(1 + random.nextInt(28)) + digits(3);
    String number = luhn(body);
    return number.substring(0, 6) + separator + number.substring(6);
  }

  private String bsn() {
    while (true) {
      String body = digits(8);
      int check = sum(body, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
      if (check < 10) {
        return body + check;
      }
    }
  }

  private String pesel() {
    String body = digits(2) + two(12) + "%02d".formatted(1 + random.nextInt(28)) + digits(4);
    return body + (10 - sum(body, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
  }

  private String nhs() {
    while (true) {
      String body = first("4679") + digits(8);
      int check = 11 - sum(body, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
      if (check != 10) {
        String number = body + check % 11;
        return random.nextBoolean() ? number : grouped(number, " ", 3, 3, 4);
      }
    }
  }

  private static int sum(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += Character.getNumericValue(digits.charAt(i)) * weights[i];
    }
    return sum;
  }

  private static String luhn(String body) {
    int sum = 0;
    boolean doubled = true;
    for (int i = body.length() - 1; i >= 0; i--, doubled = !doubled) {
      int digit = (body.charAt(i) - '0') * (doubled ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static Object[] boxed(int[] numbers) {
    return java.util.Arrays.stream(numbers).boxed().toArray();
  }

  private static String grouped(String digits, String separator, int... lengths) {
    List<String> groups = new ArrayList<>();
    int at = 0;
    for (int length : lengths) {
      groups.add(digits.substring(at, at + length));
      at += length;
    }
    return String.join(separator, groups);
  }

  private String area() {
    return first("23456789") + first("023456789") + digits(1);
  }

  private String pairs(int count) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      pairs.append(' ').append(digits(2));
    }
    return pairs.toString();
  }

  private String version(int parts) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      numbers.add(Integer.toString(random.nextInt(30)));
    }
    return String.join(".", numbers);
  }

  private String two(int most) {
    return "%02d".formatted(1 + random.nextInt(most));
  }

  private String first(String of) {
    return text(of, 1);
  }

  private String digits(int count) {
    return text(DIGITS, count);
  }

  private String letters(int count) {
    return text(UPPER, count);
  }

  private String upper(int count) {
    return text(UPPER + DIGITS, count);
  }

  private String alnum(int count) {
    return text(ALNUM, count);
  }

  private String base32(int count) {
    return text(UPPER + "234567", count);
  }

  private String hex(int count) {
    return text(HEX, count);
  }

  private String text(String characters, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
