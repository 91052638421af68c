package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueNameTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:sqs:eu-west-1:123456789012:q, https://sqs.eu-west-1.amazonaws.com/123456789012/q",
    "arn:aws:sqs:us-east-1:123456789012:q.fifo,"
        + " https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo",
    "arn:aws-us-gov:sqs:us-gov-west-1:1:q, https://sqs.us-gov-west-1.amazonaws.com/1/q",
    "arn:aws-cn:sqs:cn-north-1:1:q, https://sqs.cn-north-1.amazonaws.com.cn/1/q",
    "arn:aws-eusc:sqs:eusc-de-east-1:1:q, https://sqs.eusc-de-east-1.amazonaws.eu/1/q",
    "arn:aws-iso:sqs:us-iso-east-1:1:q, https://sqs.us-iso-east-1.c2s.ic.gov/1/q",
    "arn:aws-iso-b:sqs:us-isob-east-1:1:q, https://sqs.us-isob-east-1.sc2s.sgov.gov/1/q"
  })
  void url_ofArn_isThePartitions(String arn, String url) {
    QueueName queue = Objects.requireNonNull(QueueName.parse(arn));

    assertThat(queue.url(queue.endpoint())).isEqualTo(url);
  }

  @Test
  void url_atAnotherEndpoint_keepsAccountAndName() {
    QueueName queue =
        Objects.requireNonNull(QueueName.parse("arn:aws:sqs:us-east-1:000000000000:q"));

    assertThat(queue.url(URI.create("http://127.0.0.1:9324")))
        .isEqualTo("http://127.0.0.1:9324/000000000000/q");
    assertThat(queue.url(URI.create("http://127.0.0.1:9324/")))
        .isEqualTo("http://127.0.0.1:9324/000000000000/q");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "q",
        "arn:aws:sns:us-east-1:1:q",
        "arn:aws:sqs::1:q",
        "arn:aws:sqs:us-east-1:1:"
      })
  void parse_otherText_isNull(@Nullable String arn) {
    assertThat(QueueName.parse(arn)).isNull();
  }
}
