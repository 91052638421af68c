package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record can be wrapped in, and what comes in its place. */
class EnvelopesTest {

  @Test
  void sns_notification_isTheRecordInside() {
    String record = "{\\\"model\\\":\\\"m\\\",\\\"usage\\\":{\\\"prompt_tokens\\\":1}}";
    String sns = "{\"Type\":\"Notification\",\"TopicArn\":\"arn\",\"Message\":\"%s\"}";
    assertThat(Decoding.valid(sns.formatted(record)).model().requested()).isEqualTo("m");
    assertThat(Decoding.decode(sns.formatted("[" + record + "," + record + "]"))).hasSize(2);
    assertThat(Decoding.reason(sns.formatted("hello"))).startsWith("malformed: $: expected JSON");
    assertThat(Decoding.reason(sns.replace("Notification", "SubscriptionConfirmation")))
        .startsWith("malformed: Type: expected an SNS Notification");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'detail-type':'x','source':'a.b','detail':{'model':'m'}} | malformed: detail | EventBridge",
        "{'specversion':'1.0','source':'/a','type':'t','data':{'model':'m'}} | malformed: data | CloudEvent",
        "{'Records':[{'eventSource':'aws:s3','s3':{'bucket':{'name':'b'}}}]} | malformed: Records | S3 notification",
        "{'Records':[{'messageId':'1','body':'{}'}]} | malformed: Records | paste the `body`",
        "{'requestContext':{},'rawPath':'/preview','body':'{}'} | malformed: body | paste the `body`",
        "{'Service':'Amazon S3','Event':'s3:TestEvent'} | malformed: Event | S3 notification",
        "['software.amazon.payloadoffloading.PayloadS3Pointer',{'s3BucketName':'b','s3Key':'k'}] | malformed: $ | S3",
        "{'messageType':'DATA_MESSAGE','logGroup':'g','logEvents':[]} | malformed: logEvents | CloudWatch Logs",
        "H4sIAAAAAAAAA6tWyi0tTlWyUlDKVaoFAOVYVgsPAAAA | malformed: $ | gzip",
        "eyJtb2RlbCI6Im0iLCJ1c2FnZSI6e319 | malformed: $ | base64",
        "{'resourceLogs':[]} | ignored | OTLP logs",
        "{'resourceMetrics':[]} | ignored | OTLP metrics",
      })
  void other_envelope_isNamed(String body, String outcome, String name) {
    assertThat(Decoding.reason(body.replace('\'', '"'))).startsWith(outcome).contains(name);
  }
}
