package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.EndpointCheck;
import dev.sentrybroadcast.sentry.InvalidDsnException;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret's JSON into a {@link Destination}. Known fields must have the right type, because
 * a mistyped one could send what must not be sent. Unknown fields are ignored.
 */
public final class DestinationReader {

  private static final String OBJECT = "a JSON object with \"endpoint\" and \"dsn\"";
  private static final String NO_VALUE_YET =
      OBJECT + "; no destination has been put into the secret yet";

  private final AllowedHosts hosts;

  public DestinationReader(AllowedHosts hosts) {
    this.hosts = hosts;
  }

  /**
   * Reads the text of the secret of the destination of this name.
   *
   * @throws InvalidJsonException names the field, or null for the whole secret
   */
  public Destination read(String name, String text) throws InvalidJsonException {
    return read(name, fields(text));
  }

  /** The fields of a secret's text; none of a blank one. */
  public static SecretValue fields(String text) throws InvalidJsonException {
    return SecretValue.object(text.isBlank() ? "{}" : text, OBJECT);
  }

  /** Reads the fields of the secret of the destination of this name. */
  public Destination read(String name, SecretValue secret) throws InvalidJsonException {
    String endpointText = secret.get("endpoint").text();
    String dsnText = secret.get("dsn").text();
    PrivacyMode mode = secret.get("privacy_mode").flag(true) ? PrivacyMode.ON : PrivacyMode.OFF;
    boolean issues = secret.get("issues").flag(false);
    Redaction redaction = RedactionReader.read(secret.get("redaction"));
    RecordRules rules = RecordRules.read(secret);
    if (endpointText == null && dsnText == null) {
      throw new InvalidJsonException(null, NO_VALUE_YET);
    }
    if (dsnText == null) {
      throw new InvalidJsonException("dsn", impliedByEndpoint(endpointText));
    }
    Dsn dsn;
    try {
      dsn = Dsn.parse(dsnText);
    } catch (InvalidDsnException e) {
      throw new InvalidJsonException("dsn", "a Sentry DSN (" + e.getMessage() + ")");
    }
    if (endpointText == null) {
      throw new InvalidJsonException(
          "endpoint", "the OTLP traces endpoint; the dsn implies " + dsn.otlpTracesEndpoint());
    }
    URI endpoint =
        switch (OtlpEndpoint.check(endpointText, hosts, dsn)) {
          case EndpointCheck.Accepted(URI accepted, _, _) -> accepted;
          case EndpointCheck.Refused(_, String expected, _) ->
              throw new InvalidJsonException("endpoint", expected);
        };
    // Error events go to the DSN's own host.
    if (issues
        && hosts.permits(dsn.envelopeEndpoint())
            instanceof EndpointCheck.Refused(_, String expected, _)) {
      throw new InvalidJsonException("dsn", expected + ", because \"issues\" is true");
    }
    return new Destination(name, endpoint, dsn, mode, issues, redaction, rules);
  }

  private String impliedByEndpoint(@Nullable String endpoint) {
    String required = "the project's Sentry DSN";
    if (endpoint != null
        && OtlpEndpoint.check(endpoint, hosts, null)
            instanceof EndpointCheck.Accepted(URI uri, _, _)) {
      return required + "; the endpoint implies " + OtlpEndpoint.impliedDsn(uri);
    }
    return required;
  }
}
