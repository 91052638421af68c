package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.MessageFates.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

final class MessageFatesTest {

  private final MessageFates fates = new MessageFates(id -> "why " + id);

  @Test
  void sent_afterItsInvocation_staysDelivered() {
    fates.invoked(invocation(1, Set.of(), "a"));
    fates.sent("a", "late");

    assertThat(fates.latest())
        .containsExactly(new MessageFates.Fate("a", "late", State.DELIVERED, 1, List.of()));
  }

  @Test
  void invoked_failedThenDelivered_countedOnce() {
    fates.sent("a", "first");
    fates.sent("b", "second");
    fates.invoked(invocation(1, Set.of("a"), "a", "b"));

    assertThat(fates.latest().getLast())
        .isEqualTo(
            new MessageFates.Fate(
                "a", "first", State.CAME_BACK, 1, List.of(new MessageFates.Return(1, "why a"))));
    assertThat(fates.latest().getLast().reason()).isEqualTo("why a");

    fates.invoked(invocation(2, Set.of(), "a"));

    assertThat(fates.count(State.DELIVERED)).isEqualTo(2);
    assertThat(fates.sent()).isEqualTo(2);
  }

  @Test
  void invoked_cameBackTwice_bodyAndBothReturnsAreKept() {
    fates.invoked(invocation(1, Set.of("a"), "a"));
    fates.invoked(invocation(2, Set.of("a"), "a"));
    fates.deadLetter("a");

    assertThat(fates.body("a")).isEqualTo("body of a");
    assertThat(fates.of("a").returns())
        .containsExactly(
            new MessageFates.Return(1, "why a"), new MessageFates.Return(2, "why a"));
    assertThat(fates.body("b")).isNull();
  }

  @Test
  void redriven_deadLetter_isANewMessage() {
    fates.sent("a", "first");
    fates.invoked(invocation(1, Set.of("a"), "a"));
    fates.deadLetter("a");
    fates.redriven("a", "b");
    fates.deadLetter("a");

    assertThat(fates.latest()).extracting(MessageFates.Fate::id).containsExactly("b", "a");
    assertThat(fates.latest()).extracting(MessageFates.Fate::label).containsOnly("first");
    assertThat(fates.count(State.DEAD_LETTER)).isZero();
    assertThat(fates.sent()).isEqualTo(1);
  }

  private static LambdaEventSource.Invocation invocation(
      int receive, Set<String> failed, String... ids) {
    List<Message> messages =
        List.of(ids).stream()
            .map(id ->
                Message.builder()
                    .messageId(id)
                    .body("body of " + id)
                    .attributes(
                        Map.of(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                            Integer.toString(receive)))
                    .build())
            .toList();
    return new LambdaEventSource.Invocation(messages, failed);
  }
}
