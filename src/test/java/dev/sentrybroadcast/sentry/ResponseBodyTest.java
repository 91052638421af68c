package dev.sentrybroadcast.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseBodyTest {

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
      assertThat(ResponseBody.rejectedSpans(body)).isEqualTo(rejected);
    }
  }

  @Test
  void rejectedSpans_ofAnythingElse_neverFails() {
    assertThat(ResponseBody.rejectedSpans(new byte[0])).isZero();
    assertThat(ResponseBody.rejectedSpans("{}".getBytes(UTF_8))).isZero();
    assertThat(ResponseBody.rejectedSpans("<html>".getBytes(UTF_8))).isZero();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(16)];
      random.nextBytes(body);
      if (body.length > 2 && i % 2 == 0) {
        body[0] = 0x0A;
        body[1] = (byte) (i % 4 == 0 ? 0x81 : 2);
        body[2] = 0x08;
      }
      assertThat(ResponseBody.rejectedSpans(body)).isNotNegative();
    }
  }

  @Test
  void knownReason_repeatsNothingThatIsNotKnown() {
    assertThat(
            ResponseBody.knownReason(
                "event submission rejected with_reason: ProjectId".getBytes(UTF_8)))
        .isEqualTo("ProjectId");
    assertThat(ResponseBody.knownReason("you sent: canary".getBytes(UTF_8))).isNull();
  }
}
