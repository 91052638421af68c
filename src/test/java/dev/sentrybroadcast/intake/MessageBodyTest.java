package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MessageBodyTest {

  @Test
  void toString_anything_isWithheld() {
    assertThat(MessageBody.of("secret words").toString()).isEqualTo("MessageBody[12 bytes]");
  }
}
