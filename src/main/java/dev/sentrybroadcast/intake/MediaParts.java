package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Part;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images, sound, film and files in a message; their data is left out. */
final class MediaParts {

  private MediaParts() {}

  /** Adds the part if its type is one of a medium. */
  static boolean add(String type, JsonValue.Members part, List<Part> into) {
    switch (type) {
      case "image_url", "input_image" -> addAddress("image", part, "image_url", into);
      case "video_url", "input_video" -> addAddress("video", part, "video_url", into);
      case "audio_url" -> addAddress("audio", part, "audio_url", into);
      case "image", "document", "video" -> addSource(type, part, into);
      case "input_audio", "audio" ->
          addAudio(
              JsonValue.members(part.get(part.has("input_audio") ? "input_audio" : type)), into);
      case "file", "input_file" ->
          addFile(part.has("file") ? JsonValue.members(part.get("file")) : part, into);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Of a model's answer: {@code {data, transcript, …}}. */
  static void addAudio(JsonValue.Members audio, List<Part> into) {
    String data = JsonValue.text(audio.get("data"));
    String format = JsonValue.text(audio.get("format"));
    String id = JsonValue.text(audio.get("id"));
    if (data != null) {
      String mimeType = format == null ? null : "audio/" + format.toLowerCase(Locale.ROOT);
      into.add(new Part.Blob("audio", mimeType, size(data)));
    } else if (id != null) {
      into.add(new Part.FileReference("audio", null, id));
    }
    ContentParts.addText(JsonValue.text(audio.get("transcript")), into);
  }

  /** An image that a model made: bare base64 or an address. */
  static void addImage(@Nullable String dataOrUrl, List<Part> into) {
    if (dataOrUrl != null && !dataOrUrl.isEmpty()) {
      into.add(located("image", null, dataOrUrl));
    }
  }

  /** An address, which may hold the data itself, in a text or an object's {@code url}. */
  private static void addAddress(
      String modality, JsonValue.Members part, String field, List<Part> into) {
    JsonValue value = part.get(field);
    String url =
        value != null && value.isMembers()
            ? JsonValue.text(JsonValue.members(value).get("url"))
            : JsonValue.text(value);
    String fileId = JsonValue.text(part.get("file_id"));
    if (url != null) {
      into.add(located(modality, null, url));
    } else if (fileId != null) {
      into.add(new Part.FileReference(modality, null, fileId));
    } else {
      into.add(new Part.Other(modality, JsonTexts.of(part)));
    }
  }

  /** Anthropic's {@code source}. */
  private static void addSource(String type, JsonValue.Members part, List<Part> into) {
    String modality = type;
    JsonValue.Members source = JsonValue.members(part.get("source"));
    String mimeType = JsonValue.text(source.get("media_type"));
    if (mimeType == null) {
      mimeType = JsonValue.text(part.get("mimeType"));
    }
    String data = JsonValue.text(source.has("data") ? source.get("data") : part.get("data"));
    String url = JsonValue.text(source.get("url"));
    String fileId = JsonValue.text(source.get("file_id"));
    if ("text".equals(JsonValue.text(source.get("type")))) {
      ContentParts.addText(data, into);
    } else if (data != null) {
      into.add(new Part.Blob(modality, mimeType, size(data)));
    } else if (url != null) {
      into.add(located(modality, mimeType, url));
    } else if (fileId != null) {
      into.add(new Part.FileReference(modality, mimeType, fileId));
    } else if (source.has("content")) {
      ContentParts.add(source.get("content"), into);
    } else {
      into.add(new Part.Other(type, JsonTexts.of(part)));
    }
  }

  private static void addFile(JsonValue.Members file, List<Part> into) {
    String data = JsonValue.text(file.get("file_data"));
    String url = JsonValue.text(file.get("file_url"));
    String fileId = JsonValue.text(file.get("file_id"));
    if (data != null) {
      into.add(located("document", null, data));
    } else if (url != null) {
      into.add(located("document", null, url));
    } else if (fileId != null) {
      into.add(new Part.FileReference("document", null, fileId));
    } else {
      into.add(new Part.Other("file", JsonTexts.of(file)));
    }
  }

  /** An address; of one that holds the data, or of data without an address, only kind and size. */
  private static Part located(String modality, @Nullable String mimeType, String url) {
    if (url.regionMatches(true, 0, "data:", 0, 5)) {
      int comma = url.indexOf(',');
      String head = comma < 0 ? "" : url.substring(5, comma);
      String stated = Base64Data.mimeType(head);
      long bytes =
          head.endsWith("base64")
              ? Base64Data.decodedBytes(url, comma + 1, url.length())
              : url.length() - (comma + 1L);
      return new Part.Blob(
          stated == null ? modality : Base64Data.modality(stated),
          stated == null ? mimeType : stated,
          bytes);
    }
    int scheme = url.indexOf("://");
    return scheme < 0 && Base64Data.isData(url)
        ? new Part.Blob(modality, mimeType, size(url))
        : new Part.Uri(modality, mimeType, Base64Data.without(url));
  }

  private static long size(String data) {
    int comma = data.regionMatches(true, 0, "data:", 0, 5) ? data.indexOf(',') + 1 : 0;
    return Base64Data.decodedBytes(data, comma, data.length());
  }
}
