package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentry.HttpResult.Cause;
import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import dev.sentrybroadcast.sentry.HttpResult.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentryHttpClientTlsTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir static Path folder;
  private static TestAuthority authority;

  @BeforeAll
  static void makeAuthority() {
    authority = new TestAuthority(folder);
  }

  private static SentryHttpClient client(InetAddress... addresses) {
    return new SentryHttpClient(_ -> List.of(addresses), null, authority.store());
  }

  private static HttpResult post(SentryHttpClient client, int port) {
    return client.post(
        URI.create("https://sentry.test:" + port + "/"), Map.of(), new byte[0], LONG);
  }

  private static void isOk(HttpResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Response.class, response -> assertThat(response.status()).isEqualTo(200));
  }

  /** A TLS 1.3 server sends session tickets after the handshake, which nobody asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void post_secondRequest_takesTheKeptConnection(String protocol) throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue(protocol, "sentry.test"), protocol);
        SentryHttpClient client = client(LOOPBACK)) {
      isOk(post(client, server.port()));
      isOk(post(client, server.port()));
      isOk(post(client, server.port()));

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.namesAskedFor()).containsExactly("sentry.test");
      assertThat(server.protocols()).containsExactly(protocol);
    }
  }

  @Test
  void connect_postAfterwards_takesThatConnection() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("ahead", "sentry.test"), "TLSv1.3");
        SentryHttpClient client = client(LOOPBACK)) {
      client.connect(URI.create("https://sentry.test:" + server.port() + "/api/1/"), LONG);
      assertThat(server.connections()).isEqualTo(1);

      isOk(post(client, server.port()));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Lambda's runtime client enables TLS 1.0 and 1.1 for the whole JVM. */
  @Test
  void post_serverThatChoosesTls11_isRefused() throws IOException {
    byte[] serverHello = new byte[47];
    // A handshake record of TLS 1.1 with 42 bytes, in it a ServerHello with 38: version, random
    // bytes, no session id, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, no compression.
    System.arraycopy(new byte[] {22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2}, 0, serverHello, 0, 11);
    serverHello[44] = (byte) 0xc0;
    serverHello[45] = 0x14;
    try (RawServer server = RawServer.start(socket -> socket.getOutputStream().write(serverHello));
        SentryHttpClient client = client(LOOPBACK)) {
      assertThat(post(client, server.port())).isEqualTo(new NoResponse(Cause.TLS));
    }
  }

  @Test
  void post_certificateForAnotherName_isRefused() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("other", "other.test"));
        SentryHttpClient client = client(LOOPBACK)) {
      assertThat(post(client, server.port())).isEqualTo(new NoResponse(Cause.TLS));
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void post_unknownAuthority_isRefused() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("unknown", "sentry.test"));
        SentryHttpClient client = new SentryHttpClient(_ -> List.of(LOOPBACK), null, null)) {
      assertThat(post(client, server.port())).isEqualTo(new NoResponse(Cause.TLS));
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void post_addressThatNeverSpeaksTls_leavesTimeForTheNext() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("next", "sentry.test"));
        RawServer silent = RawServer.start("127.0.0.2", server.port(), _ -> {});
        SentryHttpClient client = client(InetAddress.ofLiteral("127.0.0.2"), LOOPBACK)) {
      isOk(post(client, server.port()));
      assertThat(silent.connections()).isEqualTo(1);
    }
  }
}
