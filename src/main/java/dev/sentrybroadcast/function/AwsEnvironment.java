package dev.sentrybroadcast.function;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The AWS SDK's own variables. They are taken from the same map as the settings, so that a run on a
 * developer's machine need not change the environment of its process.
 *
 * @param region null: the SDK's own search
 * @param secretsManager null: AWS's endpoint of the region
 * @param sqs null: AWS's endpoint of the queue's region
 * @param keys null: the SDK's own search. With SnapStart there are none, but a container's
 *     credentials
 */
record AwsEnvironment(
    @Nullable String region, @Nullable URI secretsManager, @Nullable URI sqs, @Nullable Keys keys) {

  /** An access key that the environment holds. */
  record Keys(String id, String secret, @Nullable String sessionToken) {

    @Override
    public String toString() {
      return "Keys[withheld]";
    }
  }
}
