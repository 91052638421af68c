package dev.sentrybroadcast.function;

import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.ConnectionSettings;
import dev.sentrybroadcast.connection.ConnectionTest;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Continuations;
import dev.sentrybroadcast.delivery.DeliverySettings;
import dev.sentrybroadcast.delivery.ObjectReading;
import dev.sentrybroadcast.delivery.Visibility;
import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.SecretStore;
import dev.sentrybroadcast.destination.SecretsManagerStore;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.ObjectSource;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.intake.objects.AllowedObjects;
import dev.sentrybroadcast.intake.objects.AllowedSource;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.Pause;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Builds the objects, once per execution environment and without using the network. */
final class Wiring {

  /** Version of the product, in the client's name, the service's version and the scope's. */
  static final String VERSION = "0.2.0";

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final SecretsManagerStore secrets;
  private final SentryHttpClient sentry;

  Wiring(Settings settings, SecretsManagerClient client) {
    this.settings = settings;
    secrets = new SecretsManagerStore(client, AwsClients.calls());
    sentry = new SentryHttpClient(NameResolver.SYSTEM, settings.allowedEndpointHosts(), null);
  }

  InstantSource clock() {
    return clock;
  }

  /** Sends only to hosts and addresses that the settings allow. */
  SentryHttpClient sentry() {
    return sentry;
  }

  /** Delivers a batch to Sentry. */
  Broadcast broadcast(
      Destinations destinations,
      Visibility visibility,
      ObjectSource objects,
      Continuations continuations) {
    AllowedObjects allowed = settings.sourceBuckets();
    RecordDecoder decoder =
        decoder()
            .reading(
                allowed.isEmpty() ? null : new AllowedSource(allowed, objects),
                settings.bedrockUserFromArn());
    return new Broadcast(
        new DeliverySettings(
            settings.defaultDestinations(),
            settings.forced(),
            settings.limits(),
            settings.oldRecord(),
            settings.maxRequestBytes(),
            "sentry-broadcast/" + VERSION),
        decoder::decode,
        new ObjectReading(decoder::open, continuations),
        new GenerationSpans(settings.serviceName(), VERSION)::spans,
        destinations,
        visibility,
        sentry,
        clock,
        System::nanoTime,
        Pause.SLEEP,
        new SecureRandom());
  }

  /** Answers the calls of the HTTP function. */
  ConnectionApi connections(Pause betweenExports) {
    return new ConnectionApi(
        new ConnectionSettings(
            settings.destinationSecretPrefix(),
            settings.defaultDestinations(),
            settings.forced(),
            settings.allowedEndpointHosts(),
            settings.limits(),
            settings.serviceName(),
            VERSION),
        secrets,
        // Only the queue function's role can read the key.
        new RecordDecoder("no encryption: a preview has no key"),
        new GenerationSpans(settings.serviceName(), VERSION),
        new ConnectionTest.World(
            NameResolver.SYSTEM,
            sentry,
            clock,
            System::nanoTime,
            betweenExports,
            ConnectionTest.TIME_LIMIT));
  }

  /** With the key of encrypted records if a secret is named; it is read with the first of them. */
  private RecordDecoder decoder() {
    String secret = settings.liteLlmKeySecret();
    if (secret == null) {
      return new RecordDecoder();
    }
    return new RecordDecoder(
        () -> keyOf(secrets.current(secret)), settings.destinationCache(), clock);
  }

  private static KeySource.Secret keyOf(SecretStore.Secret secret) {
    return switch (secret) {
      case SecretStore.Secret.Value(String text, _) -> new KeySource.Secret.Value(text);
      case SecretStore.Secret.NotFound() ->
          new KeySource.Secret.Unavailable("there is no such secret");
      case SecretStore.Secret.Unavailable(String kind) -> new KeySource.Secret.Unavailable(kind);
    };
  }

  /** Reads destinations from Secrets Manager; none yet. */
  Destinations destinations() {
    return new CachedDestinations(
        secrets,
        settings.destinationSecretPrefix(),
        new DestinationReader(settings.allowedEndpointHosts()),
        settings.destinationCache(),
        clock,
        failure -> Invocation.warn("last good value of a destination serves: " + failure));
  }
}
