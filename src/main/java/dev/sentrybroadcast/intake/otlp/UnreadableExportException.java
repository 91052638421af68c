package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.Decoded;

/** An export that is malformed as a whole. */
final class UnreadableExportException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Decoded.Malformed fault;

  UnreadableExportException(String path, String expected) {
    super(null, null, false, false);
    this.fault = new Decoded.Malformed(path, expected);
  }

  Decoded.Malformed fault() {
    return fault;
  }
}
