package dev.sentrybroadcast.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.redaction.RedactionCounts;
import dev.sentrybroadcast.genai.redaction.Redactor;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Scalar;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContentRedactionTest {

  private static Scalar redacted(Scalar scalar) {
    return new ContentRedaction(new Redactor(Redaction.ALL), new RedactionCounts()).of(scalar);
  }

  /** Java writes such a decimal with an exponent. */
  @Test
  void of_numberOfACard_isAText() {
    assertThat(redacted(new Scalar.Decimal(4_111_111_111_111_111.0)))
        .isEqualTo(new Scalar.Text("[card]"));
    assertThat(redacted(new Scalar.Whole(4_111_111_111_111_111L)))
        .isEqualTo(new Scalar.Text("[card]"));
  }

  @Test
  void of_otherScalars_areEqual() {
    for (Scalar scalar :
        List.of(
            new Scalar.Decimal(1.5),
            new Scalar.Decimal(1e300),
            new Scalar.Decimal(Double.NaN),
            new Scalar.Whole(-7),
            new Scalar.Flag(true),
            new Scalar.Text("text"))) {
      assertThat(redacted(scalar)).isEqualTo(scalar);
    }
  }
}
