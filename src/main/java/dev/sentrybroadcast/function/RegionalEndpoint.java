package dev.sentrybroadcast.function;

import java.net.URI;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Where a service of AWS answers in a region, as {@code https://sqs.eu-west-1.amazonaws.com}. */
final class RegionalEndpoint {

  private RegionalEndpoint() {}

  /**
   * Of the service with this prefix. Other partitions the SDK knows, for the price of its tables.
   */
  static URI of(String service, String region) {
    boolean other =
        region.startsWith("cn-") || region.startsWith("eusc-") || region.contains("-iso");
    String domain = other ? PartitionMetadata.of(Region.of(region)).dnsSuffix() : "amazonaws.com";
    return URI.create("https://" + service + "." + region + "." + domain);
  }
}
