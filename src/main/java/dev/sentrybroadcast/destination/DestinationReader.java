package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sentrybroadcast.destination.SecretFields.UnexpectedValueException;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.EndpointCheck;
import dev.sentrybroadcast.sentry.InvalidDsnException;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret's JSON into a {@link Destination}. Known fields must have the right type, because
 * a mistyped one could send what must not be sent. Unknown fields are ignored.
 */
public final class DestinationReader {

  static final String OBJECT = "a JSON object with \"endpoint\" and \"dsn\"";
  private static final String NO_VALUE_YET =
      OBJECT + "; no destination has been put into the secret yet";

  private static final JsonFactory JSON = new JsonFactory();

  private final AllowedHosts hosts;

  public DestinationReader(AllowedHosts hosts) {
    this.hosts = hosts;
  }

  /** The result of reading a secret. */
  public sealed interface Reading {

    /** A usable destination. */
    record Valid(Destination destination) implements Reading {}

    /**
     * Not usable.
     *
     * @param field the JSON field, or null for the whole secret
     * @param expected what the field should hold; never what it holds
     */
    record Invalid(@Nullable String field, String expected) implements Reading {}
  }

  /** Reads the text of the secret of the destination of this name. */
  public Reading read(String name, String text) {
    if (text.isBlank()) {
      return new Reading.Invalid(null, NO_VALUE_YET);
    }
    try (JsonParser json = JSON.createParser(text)) {
      return new Reading.Valid(destination(name, SecretFields.read(json)));
    } catch (UnexpectedValueException e) {
      return new Reading.Invalid(e.field, e.expected);
    } catch (JsonProcessingException e) {
      // Only the position: the message may quote the text.
      JsonLocation at = e.getLocation();
      String where =
          at == null
              ? ""
              : "; it breaks at line " + at.getLineNr() + ", column " + at.getColumnNr();
      return new Reading.Invalid(null, OBJECT + where);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Destination destination(String name, SecretFields fields)
      throws UnexpectedValueException {
    if (fields.endpoint == null && fields.dsn == null) {
      throw new UnexpectedValueException(null, NO_VALUE_YET);
    }
    if (fields.dsn == null) {
      throw new UnexpectedValueException("dsn", impliedByEndpoint(fields.endpoint));
    }
    Dsn dsn;
    try {
      dsn = Dsn.parse(fields.dsn);
    } catch (InvalidDsnException e) {
      throw new UnexpectedValueException("dsn", "a Sentry DSN (" + e.getMessage() + ")");
    }
    if (fields.endpoint == null) {
      throw new UnexpectedValueException(
          "endpoint", "the OTLP traces endpoint; the dsn implies " + dsn.otlpTracesEndpoint());
    }
    URI endpoint =
        switch (OtlpEndpoint.check(fields.endpoint, hosts, dsn)) {
          case EndpointCheck.Accepted(URI accepted, _, _) -> accepted;
          case EndpointCheck.Refused(_, String expected, _) ->
              throw new UnexpectedValueException("endpoint", expected);
        };
    // Error events go to the DSN's own host.
    if (fields.issues
        && hosts.permits(dsn.envelopeEndpoint())
            instanceof AllowedHosts.Permission.Refused(_, String expected)) {
      throw new UnexpectedValueException("dsn", expected + ", because \"issues\" is true");
    }
    return new Destination(
        name,
        endpoint,
        dsn,
        fields.privacyMode,
        fields.issues,
        fields.samplingRate,
        fields.apiKeys,
        fields.enabled,
        fields.redaction);
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
