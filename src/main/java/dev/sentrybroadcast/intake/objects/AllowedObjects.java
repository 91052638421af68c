package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.SourceObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The buckets, with or without a prefix, from which objects may be read. A prefix ends at a slash:
 * {@code logs/model} allows {@code logs/model/a.json}, and not {@code logs/models.json}.
 *
 * @param allowed bucket, and prefix with a slash at its end; an empty prefix for the whole bucket
 */
public record AllowedObjects(List<Prefix> allowed) {

  /** What may be read in one bucket. */
  public record Prefix(String bucket, String prefix) {}

  /**
   * <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Rules</a>
   * for names, so that no ARN of an access point and no address is one.
   */
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Segments that a client, a proxy or a gateway may resolve, though S3 takes keys literally. */
  private static final Pattern RELATIVE = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)", Pattern.DOTALL);

  public AllowedObjects {
    allowed = List.copyOf(allowed);
  }

  /**
   * A comma list of {@code bucket} or {@code bucket/prefix}; empty for none.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static AllowedObjects parse(String list) {
    return new AllowedObjects(
        Stream.of(list.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(AllowedObjects::entry)
            .toList());
  }

  private static Prefix entry(String entry) {
    int slash = entry.indexOf('/');
    String bucket = slash < 0 ? entry : entry.substring(0, slash);
    String prefix = slash < 0 ? "" : entry.substring(slash + 1);
    if (!BUCKET.matcher(bucket).matches() || isRelative(prefix)) {
      throw new IllegalArgumentException("not a bucket or bucket/prefix");
    }
    return new Prefix(bucket, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }

  public boolean isEmpty() {
    return allowed.isEmpty();
  }

  boolean allows(SourceObject object) {
    return !isRelative(object.key())
        && allowed.stream()
            .anyMatch(each ->
                each.bucket().equals(object.bucket()) && object.key().startsWith(each.prefix()));
  }

  private static boolean isRelative(String key) {
    return RELATIVE.matcher(key).matches();
  }
}
