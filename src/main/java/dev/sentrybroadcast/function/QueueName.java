package dev.sentrybroadcast.function;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A queue as its ARN names it: {@code arn:{partition}:sqs:{region}:{account}:{name}}. */
record QueueName(String region, String account, String name) {

  /** Null for what is not a queue's ARN. */
  static @Nullable QueueName parse(@Nullable String arn) {
    if (arn == null) {
      return null;
    }
    String[] parts = arn.split(":", -1);
    if (parts.length != 6 || !parts[0].equals("arn") || !parts[2].equals("sqs")) {
      return null;
    }
    for (String part : parts) {
      if (part.isEmpty()) {
        return null;
      }
    }
    return new QueueName(parts[3], parts[4], parts[5]);
  }

  /** The endpoint of the queue's region. */
  URI endpoint() {
    return RegionalEndpoint.of("sqs", region);
  }

  /** The queue's URL at an endpoint. */
  String url(URI endpoint) {
    String origin = endpoint.toString();
    String slash = origin.endsWith("/") ? "" : "/";
    return origin + slash + account + "/" + name;
  }
}
