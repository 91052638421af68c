package dev.sentrybroadcast.sentry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Issues certificates for tests, by the running JDK's keytool. */
public final class TestAuthority {

  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path file;

  public TestAuthority(Path folder) {
    file = folder.resolve("certificates.p12");
    keytool(AUTHORITY, "-dname", "CN=An authority for tests", "-ext", "bc:c");
  }

  /** A server's side of TLS with a certificate for this host. */
  public SSLContext issue(String alias, String host, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-dname", "CN=" + host, "-ext", "SAN=dns:" + host, "-signer", AUTHORITY));
    arguments.addAll(List.of(options));
    keytool(alias, arguments.toArray(String[]::new));
    try {
      KeyStore all = load();
      KeyStore one = empty();
      char[] password = PASSWORD.toCharArray();
      one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A store with the certificate of this authority and no other. */
  public KeyStore store() {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
      return trusted;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sockets that trust this authority and no other. */
  public SSLSocketFactory trustingClient() {
    try {
      KeyStore trusted = store();
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private void keytool(String alias, String... arguments) {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                program, "-genkeypair", "-alias", alias, "-keyalg", "EC", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    command.addAll(List.of(arguments));
    try {
      Process keytool =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool ended with " + keytool.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
