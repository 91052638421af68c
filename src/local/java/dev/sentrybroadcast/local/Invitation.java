package dev.sentrybroadcast.local;

/** How a person sends a record of their own. */
final class Invitation {

  private Invitation() {}

  static String text(Ink ink, QueuePair queue, LocalOptions.Run options) {
    String record =
        """
        {"model": "openai/gpt-4o", "messages": [{"role": "user", "content": "Hello?"}], \
        "choices": [{"message": {"role": "assistant", "content": "Hello!"}, "finish_reason": "stop"}], \
        "usage": {"prompt_tokens": 9, "completion_tokens": 3}}\
        """;
    return """

    %s http://127.0.0.1:%d/

    Or by hand:

      curl -sS '%s' -d Action=SendMessage --data-urlencode 'MessageBody=%s'

      AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws sqs send-message --region %s \
    --endpoint-url http://127.0.0.1:%d --queue-url '%s' --message-body '%s'

    A record with "destination": "private" shows privacy mode.%s
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
                ? " To send to a real Sentry, set SENTRY_OTLP_ENDPOINT and SENTRY_DSN and start"
                    + " again."
                : "");
  }
}
