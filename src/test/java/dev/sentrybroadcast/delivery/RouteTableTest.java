package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RouteTableTest {

  private final FakeTime time = new FakeTime();

  @Test
  void add_decodingThatTakesAllTime_failsWhatIsNotRead() {
    DeliverySettings settings =
        new DeliverySettings(
            List.of("default"),
            ContentRules.of(PrivacyMode.OFF),
            new ContentLimits(1 << 16, 1 << 19),
            Duration.ofDays(30),
            4 << 20,
            "sentry-broadcast/0.1.0");
    RouteTable table =
        new RouteTable(
            _ -> {
              time.advance(Duration.ofSeconds(20));
              return List.of(new Decoded.Valid(Generations.plain("r")));
            },
            (_, _, _) -> new SpanTree(List.of(), null, 0),
            settings,
            new FakeDestinations(),
            new DeliveryCounters());
    List<BatchMessage> batch = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      QueuedMessage message = new QueuedMessage("m" + i, "", 0, null, null);
      batch.add(new BatchMessage(message, null));
    }

    table.add(batch, Deadline.in(Duration.ofSeconds(30), time));

    assertThat(table.takeRoutes().getFirst().records())
        .extracting(record -> record.message().message().messageId())
        .containsExactly("m0", "m1");
    assertThat(batch.getLast().verdict())
        .isEqualTo(new ReturnedMessage("m2", Reason.OUT_OF_TIME, "not read, the time was over"));
  }
}
