package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * A message that SNS put on the queue without raw message delivery: the record is the text in
 * {@code Message}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html">
 *     Raw message delivery</a>
 */
public final class SnsNotifications implements Dialect {

  private final Unwrapped unwrapped;

  public SnsNotifications(Unwrapped unwrapped) {
    this.unwrapped = unwrapped;
  }

  /** Reads the message inside. */
  @FunctionalInterface
  public interface Unwrapped {
    List<Decoded> read(String message, Origin origin);
  }

  @Override
  public boolean recognises(JsonObject record) {
    return record.has("TopicArn") && record.text("Message") != null;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    String type = record.textIfAny("Type");
    String message = record.json().text("Message");
    return message == null || (type != null && !type.equals("Notification"))
        ? List.of(
            new Decoded.Malformed(
                record.path("Type"),
                "an SNS Notification, not a request to confirm a subscription"))
        : unwrapped.read(message, origin);
  }
}
