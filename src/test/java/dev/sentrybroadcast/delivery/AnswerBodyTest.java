package dev.sentrybroadcast.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerBodyTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 5_000_000_000L})
  void rejectedSpans_ofAPartialSuccess_isRead(long rejected) {
    for (int length : new int[] {0, 5, 200}) {
      byte[] body =
          ExportTraceServiceResponse.newBuilder()
              .setPartialSuccess(
                  ExportTracePartialSuccess.newBuilder()
                      .setRejectedSpans(rejected)
                      .setErrorMessage("x".repeat(length)))
              .build()
              .toByteArray();
      assertThat(new AnswerBody(body).rejectedSpans()).isEqualTo(rejected);
    }
  }

  @Test
  void rejectedSpans_ofAnythingElse_neverFails() {
    assertThat(new AnswerBody(new byte[0]).rejectedSpans()).isZero();
    assertThat(new AnswerBody("{}".getBytes(UTF_8)).rejectedSpans()).isZero();
    assertThat(new AnswerBody("<html>".getBytes(UTF_8)).rejectedSpans()).isZero();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(16)];
      random.nextBytes(body);
      if (body.length > 2 && i % 2 == 0) {
        body[0] = 0x0A;
        body[1] = (byte) (i % 4 == 0 ? 0x81 : 2);
        body[2] = 0x08;
      }
      assertThat(new AnswerBody(body).rejectedSpans()).isNotNegative();
    }
  }

  @Test
  void knownReason_repeatsNothingThatIsNotKnown() {
    assertThat(
            new AnswerBody("event submission rejected with_reason: ProjectId".getBytes(UTF_8))
                .knownReason())
        .isEqualTo("ProjectId");
    assertThat(new AnswerBody("you sent: canary".getBytes(UTF_8)).knownReason()).isNull();
  }
}
