package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An object in S3 that a message points to.
 *
 * @param versionId null for the current version
 * @param etag that it must have, without quotes; null for any
 */
public record SourceObject(
    String bucket, String key, @Nullable String versionId, @Nullable String etag) {

  private static final String SCHEME = "s3://";

  /** Of {@code {"bucket", "key", "versionId"?, "etag"?}}; null where a name is missing. */
  public static @Nullable SourceObject of(JsonObject pointer) {
    return of(
        pointer.text("bucket"),
        pointer.text("key"),
        pointer.text("versionId"),
        pointer.text("etag"));
  }

  /** Null where the bucket or the key is missing. An empty version is none. */
  public static @Nullable SourceObject of(
      @Nullable String bucket,
      @Nullable String key,
      @Nullable String versionId,
      @Nullable String etag) {
    return bucket == null || key == null || bucket.isEmpty() || key.isEmpty()
        ? null
        : new SourceObject(bucket, key, orNull(versionId), orNull(etag));
  }

  /** Of {@code s3://bucket/key}; null for any other text. */
  public static @Nullable SourceObject ofUri(@Nullable JsonValue uri) {
    String text = JsonValue.text(uri);
    int slash = text == null ? -1 : text.indexOf('/', SCHEME.length());
    return text == null || !text.startsWith(SCHEME) || slash < 0
        ? null
        : of(text.substring(SCHEME.length(), slash), text.substring(slash + 1), null, null);
  }

  /** What tells this version of the object from others; empty where it is not known. */
  public String version() {
    return versionId != null ? versionId : etag == null ? "" : etag;
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text.replace("\"", "");
  }

  /** A key can name a person. */
  @Override
  public String toString() {
    return "SourceObject[withheld]";
  }
}
