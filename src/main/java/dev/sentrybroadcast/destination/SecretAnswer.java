package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.destination.SecretStore.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What {@code GetSecretValue} answered, of success and of failure. */
record SecretAnswer(
    @Nullable String text,
    @Nullable String binary,
    @Nullable String version,
    @Nullable String type,
    @Nullable String message) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;
  private static final int NAME_MAX = 64;

  static SecretAnswer read(SignedJsonCalls.Answer answer) throws IOException {
    String text = null;
    String binary = null;
    String version = null;
    String type = null;
    String message = null;
    try (JsonParser json = JSON.createParser(answer.body())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          if (json.nextToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            continue;
          }
          switch (field) {
            case "SecretString" -> text = json.getText();
            case "SecretBinary" -> binary = json.getText();
            case "VersionId" -> version = json.getText();
            case "__type" -> type = json.getText();
            case "message", "Message" -> message = json.getText();
            default -> {}
          }
        }
      }
    } catch (IOException e) {
      if (answer.status() == OK) {
        throw e;
      }
      // A proxy's page of an error: its status is enough.
    }
    return new SecretAnswer(text, binary, version, type, message);
  }

  Secret secret(int status) {
    if (status == OK) {
      return new Secret.Value(value(), version == null ? "" : version);
    }
    String code = code(status);
    return switch (code) {
      // Also of a secret that has no version with this stage yet.
      case "ResourceNotFoundException" -> new Secret.NotFound();
      case "InvalidRequestException" ->
          isMarkedForDeletion() ? new Secret.NotFound() : new Secret.Unavailable(code);
      default -> new Secret.Unavailable(code);
    };
  }

  /** Whether the same call may be answered otherwise in a moment. */
  boolean isPassing(int status) {
    return status >= SERVER_ERROR
        || status == TOO_MANY
        || (status != OK && code(status).startsWith("Throttling"));
  }

  /** The error's code without the namespace before it. */
  private String code(int status) {
    String code = type == null ? "" : type.substring(type.indexOf('#') + 1);
    return isName(code) ? code : "status " + status;
  }

  /** It is logged, and might come from a proxy. */
  private static boolean isName(String code) {
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return !code.isEmpty() && code.length() <= NAME_MAX;
  }

  private String value() {
    if (text != null) {
      return text;
    }
    return binary == null
        ? ""
        : new String(Base64.getDecoder().decode(binary), StandardCharsets.UTF_8);
  }

  /**
   * The documented words are "You can't perform this operation on the secret because it was marked
   * for deletion". <a
   * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
   */
  private boolean isMarkedForDeletion() {
    return message != null && message.contains("deletion");
  }

  @Override
  public String toString() {
    return "SecretAnswer[withheld]";
  }
}
