package dev.sentrybroadcast.intake.otlp;

/** An export that is malformed as a whole. */
final class UnreadableExportException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String path;
  private final String expected;

  UnreadableExportException(String path, String expected) {
    super(null, null, false, false);
    this.path = path;
    this.expected = expected;
  }

  String path() {
    return path;
  }

  String expected() {
    return expected;
  }
}
