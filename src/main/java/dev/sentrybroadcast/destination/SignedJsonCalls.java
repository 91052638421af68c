package dev.sentrybroadcast.destination;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Calls of AWS services that speak JSON, made of the SDK's own signer, credentials and HTTP client.
 * Its generated clients do the same with several hundred more classes, which a cold start waits
 * for. Safe to call from several threads.
 */
public final class SignedJsonCalls {

  /** More than any answer that is waited for here. */
  private static final int MOST_ANSWER_BYTES = 1024 * 1024;

  private final Supplier<? extends SdkHttpClient> http;
  private final Supplier<? extends AwsCredentialsProvider> credentials;

  /** Makes nothing yet: both are asked at the first call. */
  public SignedJsonCalls(
      Supplier<? extends SdkHttpClient> http,
      Supplier<? extends AwsCredentialsProvider> credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  /**
   * Posts once, for as long as the HTTP client's time-outs let it.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials
   */
  public Answer post(Operation operation, Site site, byte[] body) throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(site.endpoint().resolve("/"))
            .putHeader("Content-Type", operation.contentType())
            .putHeader("Content-Length", Integer.toString(body.length))
            .putHeader("X-Amz-Target", operation.target())
            .build();
    ContentStreamProvider payload = ContentStreamProvider.fromByteArray(body);
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(credentials.get().resolveCredentials())
                    .request(request)
                    .payload(payload)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, operation.service())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, site.region()));
    HttpExecuteResponse response =
        http.get()
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(payload))
                    .build())
            .call();
    try (InputStream answer =
        response
            .responseBody()
            .map(InputStream.class::cast)
            .orElse(InputStream.nullInputStream())) {
      return new Answer(
          response.httpResponse().statusCode(),
          new String(answer.readNBytes(MOST_ANSWER_BYTES), StandardCharsets.UTF_8));
    }
  }

  /**
   * What is called.
   *
   * @param service as signatures name it
   * @param target of the header {@code X-Amz-Target}
   */
  public record Operation(String service, String target, String contentType) {}

  /** Where it is called. */
  public record Site(URI endpoint, String region) {}

  /** What came back; the body may be a secret. */
  public record Answer(int status, String body) {
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }
}
