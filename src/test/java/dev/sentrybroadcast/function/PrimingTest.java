package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

final class PrimingTest {

  @Test
  void run_itsOwnRecords_getsAsFarAsAConnection() {
    BatchReport report = new Priming(Settings.from(Map.of())).run();

    assertThat(report.malformed()).isZero();
    assertThat(report.exported()).isZero();
    assertThat(report.requests()).isPositive();
    assertThat(report.returned())
        .hasSize(3)
        .allSatisfy(
            message -> assertThat(message.reason()).isEqualTo(ReturnedMessage.Reason.UNAVAILABLE));
  }

  @Test
  void hooks_ofTheFunction_throwNothing() {
    BroadcastFunction function = new BroadcastFunction(Map.of());

    assertThatCode(
            () -> {
              function.beforeCheckpoint(Core.getGlobalContext());
              function.afterRestore(Core.getGlobalContext());
            })
        .doesNotThrowAnyException();
  }
}
