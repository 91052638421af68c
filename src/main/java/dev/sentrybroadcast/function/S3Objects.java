package dev.sentrybroadcast.function;

import dev.sentrybroadcast.destination.AwsCalls;
import dev.sentrybroadcast.intake.ObjectSource;
import dev.sentrybroadcast.intake.SourceObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Objects in S3. Its client is made for the first of them: its classes take part of a cold start.
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
final class S3Objects implements ObjectSource {

  private static final int OVERWRITTEN = 412;
  private static final int BEYOND_END = 416;

  private final Supplier<S3Client> client;
  private final AwsCalls calls = AwsClients.calls();

  S3Objects(Supplier<S3Client> newClient) {
    client = AwsClients.atFirstUse(newClient);
  }

  @Override
  public Opened open(SourceObject object, long offset) {
    try {
      ResponseInputStream<GetObjectResponse> bytes =
          calls.run(() ->
              client
                  .get()
                  .getObject(request ->
                      request
                          .bucket(object.bucket())
                          .key(object.key())
                          .versionId(object.versionId())
                          .ifMatch(object.versionId() == null ? object.etag() : null)
                          .range(offset == 0 ? null : "bytes=" + offset + "-")));
      GetObjectResponse response = bytes.response();
      Long length = response.contentLength();
      if (length == null) {
        bytes.abort();
        return new Opened.Unavailable("S3: a response without a length");
      }
      Instant modified = response.lastModified() == null ? Instant.EPOCH : response.lastModified();
      return new Opened.Body(
          new S3Input(bytes, length, calls),
          offset + length,
          // A bucket whose versioning is suspended has versions "null", which are overwritten.
          new SourceObject(
              object.bucket(),
              object.key(),
              "null".equals(response.versionId()) ? null : response.versionId(),
              response.eTag() == null ? null : response.eTag().replace("\"", "")),
          modified.getEpochSecond() * 1_000_000_000 + modified.getNano());
    } catch (AwsServiceException e) {
      return switch (e.statusCode()) {
        case OVERWRITTEN -> new Opened.Overwritten();
        case BEYOND_END -> new Opened.Body(InputStream.nullInputStream(), offset, object, 0);
        default -> new Opened.Unavailable("S3: " + AwsCalls.kind(e));
      };
    } catch (SdkException e) {
      return new Opened.Unavailable("S3: " + AwsCalls.kind(e));
    }
  }
}
