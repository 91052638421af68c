package dev.sentrybroadcast.function;

import dev.sentrybroadcast.local.LocalQueues;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** Points clients of AWS to a server on loopback. */
final class TestClients {

  private TestClients() {}

  static <B extends AwsClientBuilder<B, ?>> B at(B client, URI endpoint) {
    return client
        .endpointOverride(endpoint)
        .region(Region.of(LocalQueues.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }
}
