package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.genai.redaction.RedactionCounts;
import dev.sentrybroadcast.genai.redaction.Redactor;
import dev.sentrybroadcast.generation.Redaction;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a character of a text of 1 MiB costs to redact: of ordinary texts, and of texts that begin
 * something again and again and never end it. CPU time, the least of several rounds.
 */
final class RedactionBench {

  private static final int LENGTH = 1 << 20;
  private static final int MOST = 3;

  /** Each repeated is a text. {@code ¶} is a line's end. */
  private static final String[] PIECES =
      """
      a|A|0|9|_|-|.|,|:|=|%|&|?|/|<|>|(|[|{|"|'|`|@|+|\\|\\\\|\\"|\\n|¶|é|中|😀|：|a |a.|a-|a:|a=|a@|a%|1 |1-|1.|1:|1/
      token:"|token: '|token=|token = |token:\\"|token:\\\\\\"|token:|password: |"password": "|<password>|password==
      authorization: |Authorization: Basic |authorization:digest |cookie:|cookie: a=|Set-Cookie: a |?key=|&sig=a|?token=#
      Bearer |bearer a|key-|sk-|sk-a |sk-aaaaaaaaaaaaaaaaaaaaaaaa |AKIA|AKIAAKIA-|xoxb-|SG.|ya29.a.|eyJ|eyJ.|eyJa.|eyJ-|ghp_
      ://|://a:|https://a:b |://a:b@|a:b@|a@a|a@a.|a@a.b|a@a-|a@-.|%40|a%40a.com|a.b.c@|ana@example.com |a'b@
      ::|1::|a::b|fe80:|1:2:|1:2:3:4:5:6:7:8:|ab:cd:ef:|1.2.3.|1.2.3.4 |10.0.0.1,|255.255.255.|version 1.2.3.4
      +1|+49 |+1 415 |(415) |(0|(415|00|0049 |030 |tel |tel 1|phone: 41 |电话1|4155550123 |415-555-0123 |0 1 2 |1 2 3 4 |01 01 01 |
      4111 |4111 1111 |4111-1111-|4111111111111111 |4111111111111112 |411111111111111|4111 1111 1111 1112 |378282246310005
      DE89|DE89 |DE89 3704 0044 0532 0130 00 |DE89DE89 |de12de12de12de12de12de12-|GB82 WEST |FR76-|AA11|AB 12 34 56 C |AB 12
      123-45-6789 |123-45-|123.456.789-09|123 456 789 |12345678Z |X1234567L |AAAAAA99A99A999A|900101-1234567|1-4|756.|2.2.2-3.
      -----BEGIN |-----BEGIN PRIVATE KEY-----|-----BEGIN PRIVATE KEY-----%|-----END |[email]|[email|[emai|[secret_field|[token:|[token:12345
      curl|curl -u a:|auth=("a",|("token", "|<a:token>|<token><![CDATA[|value="|"value":"x",|name="a" value="b" |passwords:["a",|?a=+|４１ |[email]４１ |[email]%41|?code=a
      {|[|{"a":|{"a":"|[1,|{"a":1}|["token:\\"|{"a":"token:\\"|{"password":{"a":|\\u0041|\\ud83d\\ude00|{\\"token\\": \\"|"a":"b",|null,
      The cat sat on the mat, and said nothing more of it. |Meeting at 10:30, room 12; bring 3 copies of the 2026 report.¶
      Ana <ana@example.com> pays with 4111 1111 1111 1111 and calls +49 30 1234567 from 10.1.2.3.¶|我的电话是13912345678，请回电。
      2026-11-30T10:15:30.123Z INFO [main] a.b.C - id=7f3a9c user=17 took 12 ms status=200¶|var x = a[i].b(c, "d") + 0x1F; // e¶
      7f3a9c0e41d2b8a655e0c1d2f3a4b5c6|550e8400-e29b-41d4-a716-446655440000 |QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo5ODc2NTQ|3.14159,-2.71828;
      {"id": 17, "name": "Ana", "tags": ["a", "b"]}¶|"key": "value", "n": 12345,¶|<p class="a">text &amp; more</p>¶|https://example.com/a?b=c&d=e#f¶
      | a | 1 | 2.5 | x |¶|%E4%B8%AD%20a%3D1%26|key: value¶  other: [1, 2]¶|SELECT a FROM b WHERE c = 'd' AND e > 10;¶|$1,299.00 |Ünïcödé wörds äß |한국어 문장 |
      """
          .replace("\n", "|")
          .split("\\|", -1);

  private record Input(String name, String text) {}

  private RedactionBench() {}

  static boolean run(Options options) {
    int rounds = options.number("rounds", 5);
    List<Input> inputs = inputs(options.number("mixes", 40), options.number("seed", 1));
    double[] least = new double[inputs.size()];
    Arrays.fill(least, Double.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], nanosPerCharacter(inputs.get(i).text));
      }
    }
    double median = Arrays.stream(least).sorted().toArray()[least.length / 2];
    Table table = new Table("text", "ns a character", "× median");
    int slow = 0;
    for (int i = 0; i < least.length; i++) {
      slow += least[i] > MOST * median ? 1 : 0;
      String name = inputs.get(i).name.replace("|", "\\|");
      table.row(
          "`%s`".formatted(name),
          Figures.number(least[i]),
          (least[i] > MOST * median ? "**%.1f**" : "%.1f").formatted(least[i] / median));
    }
    table.print("1 MiB of text, least of %d rounds".formatted(rounds));
    System.out.printf(
        "%d texts, median %.1f ns, %d above %d × the median%n", least.length, median, slow, MOST);
    return slow == 0;
  }

  /** Each piece, and pieces by turns. */
  private static List<Input> inputs(int mixes, int seed) {
    Random random = new Random(seed);
    List<Input> inputs = new ArrayList<>();
    for (String piece : PIECES) {
      if (!piece.isEmpty()) {
        inputs.add(repeated(piece));
      }
    }
    for (int i = 0; i < mixes; i++) {
      StringBuilder mix = new StringBuilder();
      for (int n = 2 + random.nextInt(3); n > 0; n--) {
        mix.append(PIECES[random.nextInt(PIECES.length)]);
      }
      inputs.add(repeated(mix.isEmpty() ? " " : mix.toString()));
    }
    return inputs;
  }

  private static Input repeated(String piece) {
    String text = piece.replace('¶', '\n');
    return new Input(piece, text.repeat(LENGTH / text.length() + 1).substring(0, LENGTH));
  }

  private static double nanosPerCharacter(String text) {
    long from = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    new Redactor(Redaction.ALL).text(text, new RedactionCounts());
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - from) / (double) LENGTH;
  }
}
