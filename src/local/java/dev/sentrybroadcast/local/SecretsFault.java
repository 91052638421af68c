package dev.sentrybroadcast.local;

/** An error as Secrets Manager answers it: a type and a message that names no secret value. */
final class SecretsFault extends RuntimeException {

  private final String type;

  SecretsFault(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  String type() {
    return type;
  }

  int status() {
    return type.equals("InternalServiceError") ? 500 : 400;
  }
}
