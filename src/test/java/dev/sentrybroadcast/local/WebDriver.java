package dev.sentrybroadcast.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A session of the system's chromedriver, in the words of the W3C's WebDriver, with a headless
 * Chromium and a profile of its own. No library: those for it bring an OpenTelemetry SDK of their
 * own, and downloads, to a product that is about the one it has.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
final class WebDriver implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final Path profile;
  private final String session;

  private WebDriver(Process driver, String driverUrl, Path profile) {
    this.driver = driver;
    this.profile = profile;
    String arguments =
        String.join("\",\"", ARGUMENTS) + "\",\"--user-data-dir=" + profile.toAbsolutePath();
    JsonNode created =
        send(
            "POST",
            driverUrl + "/session",
            """
            {"capabilities": {"alwaysMatch": {"browserName": "chrome",
              "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
              "goog:chromeOptions": {"args": ["%s"]}}}}\
            """
                .formatted(arguments));
    session =
        driverUrl + "/session/" + created.field("sessionId").map(JsonNode::text).orElseThrow();
  }

  /** Whether both programs are on the path. */
  static boolean isInstalled() {
    return isOnPath("chromedriver") && (isOnPath("chromium") || isOnPath("google-chrome"));
  }

  private static boolean isOnPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  static WebDriver start() throws IOException {
    Process driver =
        new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    String said = "";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int port = line.indexOf("successfully on port ");
      if (port >= 0) {
        String number = line.substring(port + "successfully on port ".length()).replace(".", "");
        return new WebDriver(
            driver, "http://127.0.0.1:" + number, Files.createTempDirectory("console-browser"));
      }
      said = line;
    }
    throw new IOException("chromedriver did not start: " + said);
  }

  @Override
  public void close() {
    send("DELETE", session, null);
    driver.destroy();
    delete(profile.toFile());
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null && !Files.isSymbolicLink(file.toPath())) {
      for (File child : children) {
        delete(child);
      }
    }
    boolean _ = file.delete();
  }

  JsonNode get(String command) {
    return send("GET", session + command, null);
  }

  JsonNode post(String command, JsonOut.Fields fields) {
    return post(command, new String(JsonOut.object(fields), StandardCharsets.UTF_8));
  }

  JsonNode post(String command, String json) {
    return send("POST", session + command, json);
  }

  /** A command of the browser's own protocol, for what WebDriver has none. */
  void command(String name, String parameters) {
    post("/goog/cdp/execute", "{\"cmd\":\"" + name + "\",\"params\":" + parameters + "}");
  }

  private JsonNode send(String method, String url, @Nullable String body) {
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create(url))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .timeout(Duration.ofMinutes(1))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      JsonNode value = JsonNode.parser().parse(response.body()).field("value").orElseThrow();
      if (response.statusCode() >= 400) {
        throw new AssertionError(
            url + ": " + value.field("message").map(JsonNode::text).orElse("no message"));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
