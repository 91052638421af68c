package dev.sentrybroadcast.local;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How a person sends a record of their own. */
final class Invitation {

  private Invitation() {}

  /**
   * What the screen shows once the samples are done.
   *
   * @param now the record that is suggested has just ended
   */
  static String text(Ink ink, QueuePair queue, LocalOptions.Run options, Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.MILLIS);
    String record =
        """
        {"model": "openai/gpt-4o", "started_at": "%s", "ended_at": "%s", \
        "messages": [{"role": "user", "content": "Hello?"}], \
        "choices": [{"message": {"role": "assistant", "content": "Hello!"}, "finish_reason": "stop"}], \
        "usage": {"prompt_tokens": 9, "completion_tokens": 3}}\
        """
            .formatted(end.minusMillis(1_200), end);
    return """

    %s http://127.0.0.1:%d/

    Or by hand:

      curl -sS '%s' -d Action=SendMessage --data-urlencode 'MessageBody=%s'

      AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws sqs send-message --region %s \
    --endpoint-url http://127.0.0.1:%d --queue-url '%s' --message-body '%s'

    %s
    Ctrl-C ends all of it.\
    """
        .formatted(
            ink.bold("Look at it, send a record, test a connection, break Sentry:"),
            options.consolePort(),
            queue.url(),
            record,
            LocalQueues.REGION,
            options.port(),
            queue.url(),
            record,
            options.sentry() == null
                ? "A record with \"destination\": \"private\" shows privacy mode. To send to a real"
                    + " Sentry, set SENTRY_OTLP_ENDPOINT and SENTRY_DSN and start again."
                : options.sentry().where());
  }
}
