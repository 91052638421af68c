package dev.sentrybroadcast.function;

import dev.sentrybroadcast.connection.ConnectionApi;
import dev.sentrybroadcast.connection.ConnectionSettings;
import dev.sentrybroadcast.connection.ConnectionTest;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.DeliverySettings;
import dev.sentrybroadcast.delivery.Visibility;
import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.SecretStore;
import dev.sentrybroadcast.destination.SecretsManagerStore;
import dev.sentrybroadcast.destination.SecretsManagerVault;
import dev.sentrybroadcast.destination.SignedJsonCalls;
import dev.sentrybroadcast.destination.SignedJsonCalls.Site;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.Pause;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/** The object graph, built once per execution environment; building it touches no network. */
final class Wiring {

  /** Of the product: in the client's name, the service's version and the scope's. */
  static final String VERSION = "0.1.0";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  /** The longest that one HTTP call to AWS takes. */
  static final Duration LONGEST_HTTP_CALL = CONNECT_TIMEOUT.plus(READ_TIMEOUT);

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final SignedJsonCalls calls = new SignedJsonCalls(this::http, this::credentials);
  private @Nullable SdkHttpClient http;
  private @Nullable AwsCredentialsProvider credentials;

  Wiring(Settings settings) {
    this.settings = settings;
  }

  InstantSource clock() {
    return clock;
  }

  /** What delivers a batch to Sentry. */
  Broadcast broadcast(Destinations destinations, Visibility visibility, Pause pause) {
    return new Broadcast(
        new DeliverySettings(
            settings.defaultDestinations(),
            settings.forced(),
            new ContentLimits(settings.maxAttributeBytes(), settings.maxSpanBytes()),
            settings.maxRequestBytes(),
            "sentry-broadcast/" + VERSION),
        decoder(),
        new GenerationSpans(settings.serviceName(), VERSION),
        destinations,
        visibility,
        sentry(),
        clock,
        System::nanoTime,
        pause);
  }

  /** What answers the HTTP function's calls. */
  ConnectionApi connections(Pause betweenExports) {
    return new ConnectionApi(
        new ConnectionSettings(
            settings.destinationSecretPrefix(),
            settings.forced(),
            settings.allowedEndpointHosts(),
            new ContentLimits(settings.maxAttributeBytes(), settings.maxSpanBytes()),
            settings.serviceName(),
            VERSION),
        new SecretsManagerVault(secretsManager(), secretStore()),
        // The queue function's role alone can read the key.
        new RecordDecoder("no encryption: a preview has no key"),
        new GenerationSpans(settings.serviceName(), VERSION),
        new ConnectionTest.World(
            NameResolver.SYSTEM,
            sentry(),
            clock,
            System::nanoTime,
            betweenExports,
            ConnectionTest.TIME_LIMIT));
  }

  /** Sends only to hosts and addresses that the settings allow. */
  private SentryHttpClient sentry() {
    return new SentryHttpClient(NameResolver.SYSTEM, settings.allowedEndpointHosts());
  }

  /** With the key of encrypted records where a secret is named; it is read when one comes. */
  private RecordDecoder decoder() {
    String secret = settings.liteLlmKeySecret();
    if (secret == null) {
      return new RecordDecoder();
    }
    SecretStore store = secretStore();
    return new RecordDecoder(
        () -> keyOf(store.current(secret)), settings.destinationCache(), clock);
  }

  private static KeySource.Secret keyOf(SecretStore.Secret secret) {
    return switch (secret) {
      case SecretStore.Secret.Value(String text, _) -> new KeySource.Secret.Value(text);
      case SecretStore.Secret.NotFound() ->
          new KeySource.Secret.Unavailable("there is no such secret");
      case SecretStore.Secret.Unavailable(String kind) -> new KeySource.Secret.Unavailable(kind);
    };
  }

  /** Destinations in Secrets Manager; nothing is read yet. */
  Destinations destinations() {
    return new CachedDestinations(
        secretStore(),
        settings.destinationSecretPrefix(),
        new DestinationReader(settings.allowedEndpointHosts()),
        settings.destinationCache(),
        clock,
        trouble -> Invocation.warn(notice(trouble)));
  }

  /** The queue's own API. */
  Visibility visibility() {
    return new SqsVisibility(calls, settings.aws().sqs());
  }

  private SecretsManagerStore secretStore() {
    return new SecretsManagerStore(calls, this::secretsManagerSite, System::nanoTime);
  }

  private Site secretsManagerSite() {
    AwsEnvironment aws = settings.aws();
    String region =
        aws.region() == null
            ? DefaultAwsRegionProviderChain.builder().build().getRegion().id()
            : aws.region();
    return new Site(
        aws.secretsManager() == null
            ? RegionalEndpoint.of("secretsmanager", region)
            : aws.secretsManager(),
        region);
  }

  /**
   * A client for Secrets Manager that writes, its parts named so that the SDK need not search for
   * them.
   */
  SecretsManagerClient secretsManager() {
    SecretsManagerClientBuilder client =
        SecretsManagerClient.builder().httpClient(http()).credentialsProvider(credentials());
    AwsEnvironment aws = settings.aws();
    if (aws.region() != null) {
      client.region(Region.of(aws.region()));
    }
    if (aws.secretsManager() != null) {
      client.endpointOverride(aws.secretsManager());
    }
    return client.build();
  }

  private synchronized SdkHttpClient http() {
    SdkHttpClient made = http;
    if (made == null) {
      made =
          UrlConnectionHttpClient.builder()
              .connectionTimeout(CONNECT_TIMEOUT)
              .socketTimeout(READ_TIMEOUT)
              .build();
      http = made;
    }
    return made;
  }

  private synchronized AwsCredentialsProvider credentials() {
    AwsCredentialsProvider made = credentials;
    if (made == null) {
      made = credentialsOf(settings.aws().keys());
      credentials = made;
    }
    return made;
  }

  private static AwsCredentialsProvider credentialsOf(AwsEnvironment.@Nullable Keys keys) {
    if (keys == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    String token = keys.sessionToken();
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(keys.id(), keys.secret())
            : AwsSessionCredentials.create(keys.id(), keys.secret(), token));
  }

  private static String notice(Lookup trouble) {
    return switch (trouble) {
      case Lookup.Unavailable(String name, String cause) ->
          "destination " + name + " not read (" + cause + "); its last good value serves";
      case Lookup.Misconfigured(String name, @Nullable String field, String expected) ->
          "destination "
              + name
              + " has a new value that is not usable ("
              + (field == null ? "" : field + ": ")
              + expected
              + "); its last good value serves, in privacy mode";
      case Lookup.Unknown(String name) -> "destination " + name + " is not known";
      case Lookup.Found(_, _) -> "a destination was found";
    };
  }
}
