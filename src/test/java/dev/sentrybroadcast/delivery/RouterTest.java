package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RouterTest {

  private final FakeTime time = new FakeTime();

  @Test
  void route_decodingThatTakesAllTime_failsWhatIsNotRead() {
    Router router =
        new Router(_ -> {
          time.advance(Duration.ofSeconds(20));
          return List.of(new Decoded.Valid(Generations.plain("r")));
        });
    RouteTable table =
        new RouteTable(
            (_, _, _) -> new SpanTree(List.of(), null, 0),
            new ContentLimits(1 << 16, 1 << 19),
            new FakeDestinations(),
            List.of("default"),
            new DeliveryCounters());
    List<BatchMessage> batch = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      QueuedMessage message = new QueuedMessage("m" + i, "", 0, null, null);
      batch.add(new BatchMessage(message, null));
    }

    router.route(batch, table, Deadline.in(Duration.ofSeconds(30), time));

    assertThat(table.takeRoutes().getFirst().records())
        .extracting(record -> record.message().message().messageId())
        .containsExactly("m0", "m1");
    assertThat(batch.getLast().verdict())
        .isEqualTo(new ReturnedMessage("m2", Reason.OUT_OF_TIME, "not read, the time was over"));
  }
}
