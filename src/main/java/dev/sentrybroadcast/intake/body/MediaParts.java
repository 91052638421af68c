package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Images, audio, video and files in a message; their data is left out. */
final class MediaParts {

  private MediaParts() {}

  /** Adds the part if its type is one of media; else returns false. */
  static boolean add(String type, JsonObject part, List<Part> into) {
    switch (type) {
      case "image_url", "input_image" -> addUrl("image", part, "image_url", into);
      case "video_url", "input_video" -> addUrl("video", part, "video_url", into);
      case "audio_url" -> addUrl("audio", part, "audio_url", into);
      case "image", "document", "video" -> addSource(type, part, into);
      case "input_audio", "audio" ->
          addAudio(
              part.has("transcript") || part.has("data")
                  ? part
                  : part.object(part.has("input_audio") ? "input_audio" : type),
              into);
      case "file", "input_file" -> addFile(part.has("file") ? part.object("file") : part, into);
      case "blob" ->
          into.add(
              new Part.Blob(modality(part), part.text("mime_type"), bytes(part.get("content"))));
      case "uri" -> into.add(uri(modality(part), part.text("mime_type"), part.text("uri")));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Adds the part of a field, as Gemini, Bedrock and Genkit have it; else returns false. */
  static boolean addField(String name, JsonObject media, List<Part> into) {
    String mimeType = JsonValue.text(media.first("mimeType", "mime_type", "contentType"));
    String modality = Base64Data.modality(mimeType);
    switch (name) {
      case "inlineData", "inline_data" ->
          into.add(new Part.Blob(modality, mimeType, bytes(media.get("data"))));
      case "fileData", "file_data" ->
          into.add(uri(modality, mimeType, JsonValue.text(media.first("fileUri", "file_uri"))));
      case "media" -> into.add(uri("document", mimeType, media.text("url")));
      case "image", "document", "video", "audio" -> ofBedrock(name, media, into);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void ofBedrock(String kind, JsonObject media, List<Part> into) {
    JsonObject source = media.object("source");
    String format = media.text("format");
    String type = kind.equals("document") ? "application/" : kind + "/";
    String mimeType = format == null ? null : type + Limits.cut(format, 32);
    String uri = source.object("s3Location").text("uri");
    ContentParts.addText(source.text("text"), into);
    ContentParts.add(source.get("content"), into);
    if (uri != null) {
      into.add(uri(kind, mimeType, uri));
    } else if (source.has("bytes")) {
      into.add(new Part.Blob(kind, mimeType, bytes(source.get("bytes"))));
    }
    ContentParts.addText(media.text("context"), into);
  }

  private static Part uri(String modality, @Nullable String mimeType, @Nullable String uri) {
    return new Part.Uri(modality, mimeType, uri == null ? "" : Base64Data.without(uri));
  }

  /** As the GenAI conventions have it. */
  private static String modality(JsonObject part) {
    String modality = part.text("modality");
    return modality == null ? "document" : Limits.cut(modality, 64);
  }

  /** The {@code {data, transcript, …}} of an answer. */
  static void addAudio(JsonObject audio, List<Part> into) {
    String data = audio.text("data");
    String format = audio.text("format");
    String id = audio.text("id");
    if (data != null) {
      String mimeType = format == null ? null : "audio/" + format.toLowerCase(Locale.ROOT);
      into.add(new Part.Blob("audio", mimeType, size(data)));
    } else if (id != null) {
      into.add(new Part.FileReference("audio", null, id));
    }
    ContentParts.addText(audio.text("transcript"), into);
  }

  /** An image of an answer: base64 or a URL. */
  static void addImage(@Nullable String dataOrUrl, List<Part> into) {
    if (dataOrUrl != null && !dataOrUrl.isEmpty()) {
      into.add(located("image", null, dataOrUrl));
    }
  }

  /** A URL, which can be a data URL, as a text or in an object. */
  private static void addUrl(String modality, JsonObject part, String field, List<Part> into) {
    JsonValue value = part.get(field);
    String url = value instanceof JsonObject object ? object.text("url") : JsonValue.text(value);
    String fileId = part.text("file_id");
    if (url != null) {
      into.add(located(modality, null, url));
    } else if (fileId != null) {
      into.add(new Part.FileReference(modality, null, fileId));
    } else {
      into.add(new Part.Other(modality, JsonTexts.of(part)));
    }
  }

  /** Anthropic's {@code source}. */
  private static void addSource(String modality, JsonObject part, List<Part> into) {
    JsonObject source = part.object("source");
    String stated = source.text("media_type");
    String mimeType = stated == null ? part.text("mimeType") : stated;
    String data = source.has("data") ? source.text("data") : part.text("data");
    String url = source.text("url");
    String fileId = source.text("file_id");
    if ("text".equals(source.text("type"))) {
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
      into.add(new Part.Other(modality, JsonTexts.of(part)));
    }
  }

  private static void addFile(JsonObject file, List<Part> into) {
    String located = JsonValue.text(file.first("file_data", "file_url"));
    String fileId = file.text("file_id");
    if (located != null) {
      into.add(located("document", null, located));
    } else if (fileId != null) {
      into.add(new Part.FileReference(modality(file), file.text("mime_type"), fileId));
    } else {
      into.add(new Part.Other("file", JsonTexts.of(file)));
    }
  }

  /** A URL; of a data URL or of base64 only the kind and the size. */
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

  /** The size of base64, or of bytes as numbers, also in the object of a JavaScript Buffer. */
  static long bytes(@Nullable JsonValue data) {
    return switch (data) {
      case JsonValue.Text(String base64) -> size(base64);
      case JsonValue.Array(var items) -> items.size();
      case JsonObject buffer -> JsonValue.items(buffer.get("data")).size();
      case null, default -> 0;
    };
  }

  static long size(String data) {
    int comma = data.regionMatches(true, 0, "data:", 0, 5) ? data.indexOf(',') + 1 : 0;
    return Base64Data.decodedBytes(data, comma, data.length());
  }
}
