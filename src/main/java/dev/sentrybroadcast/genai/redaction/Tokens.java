package dev.sentrybroadcast.genai.redaction;

import java.util.ArrayList;
import java.util.List;

/** API keys and tokens that their issuer's prefix gives away, and JSON Web Tokens. */
final class Tokens {

  /**
   * Prefix, and the least number of characters after it. Mostly from the issuers' documentation and
   * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns.
   */
  private static final String PREFIXES =
      """
      AKIA 16 ASIA 16 ABIA 16 ACCA 16 ABSK 60 bedrock-api-key- 20 AIza 35 ya29. 20 GOCSPX- 20 \
      ghp_ 36 gho_ 36 ghu_ 36 ghs_ 36 ghr_ 36 github_pat_ 22 glpat- 20 gldt- 20 glrt- 20 glcbt- 20 glptt- 20 glsoat- 20 gloas- 40 glft- 20 \
      xoxb- 10 xoxp- 10 xoxa- 10 xoxr- 10 xoxs- 10 xoxe- 10 xoxe.xoxp- 10 xapp- 10 \
      sk_live_ 16 sk_test_ 16 sk_ 40 rk_live_ 16 rk_test_ 16 whsec_ 16 sk- 20 sess- 20 fw_ 20 gsk_ 20 xai- 20 pplx- 20 r8_ 20 \
      nvapi- 20 csk- 20 fc- 32 jina_ 40 tgp_v1_ 40 tvly- 20 pcsk_ 20 lsv2_pt_ 20 lsv2_sk_ 20 hf_ 30 \
      npm_ 36 pypi- 50 rubygems_ 32 dckr_pat_ 20 SG. 40 SK 32 key- 32 xkeysib- 40 \
      sntrys_ 40 sntryu_ 40 sntryi_ 40 glsa_ 32 NRAK- 20 \
      dop_v1_ 40 doo_v1_ 40 dor_v1_ 40 shpat_ 32 shpss_ 32 shpca_ 32 shppa_ 32 sq0atp- 20 sq0csp- 20 dapi 32 \
      lin_api_ 32 ntn_ 32 PMAK- 20 pul- 32 dp.pt. 32 hvs. 20 hvb. 20 sbp_ 32 sb_secret_ 20 vercel_blob_rw_ 20 phx_ 32 glc_ 32 secret_ 43 figd_ 20 nfp_ 32 pscale_tkn_ 20 tskey- 16 \
      ATATT3 40 CFPAT- 20 EAA 60 1//0 30 AGE-SECRET-KEY-1 40\
      """;

  static final int SHORTEST = 15;

  private record Prefix(String text, int least) {}

  /** By a hash of their first two characters. */
  private static final List<List<Prefix>> BUCKETS = new ArrayList<>();

  static {
    for (int i = 0; i < 0x400; i++) {
      BUCKETS.add(new ArrayList<>(0));
    }
    String[] words = PREFIXES.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      bucket(words[i], 0).add(new Prefix(words[i], Integer.parseInt(words[i + 1])));
    }
  }

  private final String text;
  private final int limit;

  // Where runs of characters end that were read in vain: nothing in them is read again.
  private int noToken;
  private int noDottedToken;
  private int noJwt;

  Tokens(String text, int limit) {
    this.text = text;
    this.limit = limit;
  }

  /** Where the token that begins at the word's {@code start} ends, or -1. */
  int end(int start) {
    List<Prefix> prefixes = limit - start < SHORTEST ? List.of() : bucket(text, start);
    for (int i = 0; i < prefixes.size(); i++) {
      Prefix prefix = prefixes.get(i);
      boolean dots = prefix.text.endsWith(".");
      if (start >= (dots ? noDottedToken : noToken) && text.startsWith(prefix.text, start)) {
        int rest = start + prefix.text.length();
        int end = runEnd(rest, dots);
        // AWS's ids and Twilio's keys are of one length; a word that goes on is something else.
        boolean isFixed = isUpper(prefix.text) && prefix.least < 60;
        boolean isLength = isFixed ? end - rest == prefix.least : end - rest >= prefix.least;
        // Words with dashes and names may begin with the shortest prefixes: sk-learn, fw_version_2.
        boolean isShort = prefix.text.length() <= 4 && prefix.text.endsWith("-");
        boolean isName = prefix.text.equals("fw_") && text.indexOf('_', rest, end) >= 0;
        if (isLength && !isName && isRandom(rest, end, isShort)) {
          return isFixed ? end : base64End(end);
        }
        if (dots) {
          noDottedToken = end;
        } else {
          noToken = end;
        }
      }
    }
    return -1;
  }

  private static List<Prefix> bucket(String text, int start) {
    return BUCKETS.get((text.charAt(start) * 31 + text.charAt(start + 1)) & (BUCKETS.size() - 1));
  }

  /** Where the JSON Web Token that begins at the word's {@code start} ends, or -1. */
  int jwtEnd(int start) {
    if (start < noJwt || !text.startsWith("eyJ", start)) {
      return -1;
    }
    int end = runEnd(start, /* dots= */ true);
    int dot = text.indexOf('.', start, end);
    boolean hasClaims = dot > 0 && end - dot > 10 && text.indexOf('.', dot + 1, end) > 0;
    noJwt = end;
    return hasClaims ? end : -1;
  }

  /** Where the credentials after {@code Bearer} end, or -1. */
  int bearerEnd(int start) {
    int end = start;
    while (end < limit
        && (isTokenCharacter(text.charAt(end)) || "._~+/=".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end - start >= 16 && isRandom(start, end, true) ? end : -1;
  }

  private int runEnd(int start, boolean dots) {
    int end = start;
    while (end < limit
        && (isTokenCharacter(text.charAt(end)) || (dots && text.charAt(end) == '.'))) {
      end++;
    }
    // A full stop or a dash after it belongs to the sentence.
    while (end > start && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--;
    }
    return end;
  }

  /** Some tokens have parts in base64. */
  private int base64End(int start) {
    int end = start;
    while (end < limit
        && (isTokenCharacter(text.charAt(end)) || "+/=".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    while (end > start && "-+/".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isTokenCharacter(char c) {
    return c == '-' || (c < 0x80 && Letters.isWord(c));
  }

  private boolean isRandom(int start, int end, boolean needsDigit) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (NumberShapes.isDigit(c) || (!needsDigit && c >= 'A' && c <= 'Z')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUpper(String prefix) {
    return prefix.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }
}
