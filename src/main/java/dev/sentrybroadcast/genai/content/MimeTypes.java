package dev.sentrybroadcast.genai.content;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sentry shows media without a MIME type as content of an unknown type. */
final class MimeTypes {

  private MimeTypes() {}

  /** The given type, else by the ending of the address, else by the modality. */
  static String of(@Nullable String given, String modality, String address) {
    if (given != null && !given.isBlank()) {
      return given;
    }
    String path = address.split("[?#]", 2)[0];
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "png", "gif", "webp" -> "image/" + ending;
      case "jpg", "jpeg" -> "image/jpeg";
      case "wav", "ogg", "flac" -> "audio/" + ending;
      case "mp3" -> "audio/mpeg";
      case "mp4", "webm" -> "video/" + ending;
      case "pdf" -> "application/pdf";
      default ->
          switch (modality) {
            case "image", "audio", "video" -> modality + "/*";
            default -> "application/octet-stream";
          };
    };
  }
}
